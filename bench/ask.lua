-- Asks for the addresses of a file one after the other, from a place of its own in each thread.
local paths = {}
local at = 0
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  for line in io.lines(args[1]) do
    paths[#paths + 1] = line
  end
  at = (number * 7919) % #paths
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], { ["Accept"] = "application/json, text/html", ["Connection"] = "keep-alive" })
end

function done(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %.3f %.3f %.3f %.3f\n", summary.requests, summary.duration, bad,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end

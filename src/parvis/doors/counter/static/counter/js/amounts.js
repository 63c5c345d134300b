// What people type for an amount, read as the server reads it, sign for sign: tests/doors/counter/amounts.json holds the
// cases that both are held to. What could mean two things is never guessed.

const CURRENCY = "(\\p{L}+|[€$£¥])";
const BEFORE = new RegExp(`^\\s*${CURRENCY}\\s*(?=[-−–(+\\p{Nd}])`, "u");
const AFTER = new RegExp(`(?<=[\\p{Nd})\\s])\\s*${CURRENCY}\\s*$`, "u");
const GROUPED = /^\d{1,3}([\s'’]\d{3})+$|^\d+$/;
const SIGNS = { "€": "EUR", $: "USD", "£": "GBP", "¥": "JPY", fcfa: "XOF", cfa: "XOF" };
const NAMES = { euro: "EUR", euros: "EUR", dollar: "USD", dollars: "USD", dolares: "USD", livres: "GBP" };
const MOST_DIGITS = 13;

class Unread extends Error {
  constructor(why, said = "") {
    super(why);
    Object.assign(this, { why, said });
  }
}

/** What is typed: ``{ amount }``, or ``{ why, said }`` when it cannot be told. */
export function read(text, { currency = "EUR", places = 2 } = {}) {
  try {
    const bare = text.trim().replace(/\p{Nd}/gu, digit);
    const typed = withoutCurrency(bare, currency);
    if (!typed) return { amount: 0, why: "empty" };
    if ("-−–(".includes(typed[0])) throw new Unread("negative");
    const [whole, cents] = parted(typed.replace(/^[+ ]+/, ""));
    if (cents.length > places) throw new Unread("too_fine");
    if (whole.length > MOST_DIGITS) throw new Unread("too_large");
    return { amount: Number(`${whole}.${cents || "0"}`) };
  } catch (refused) {
    if (refused instanceof Unread) return { amount: NaN, why: refused.why, said: refused.said };
    throw refused;
  }
}

/** A digit of any script, as it stands on a European keyboard. */
function digit(sign) {
  const code = sign.codePointAt(0);
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

function withoutCurrency(typed, currency) {
  const found = BEFORE.exec(typed) ?? AFTER.exec(typed);
  if (!found) return typed;
  const said = found[1], plain = said.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const code = SIGNS[said.toLowerCase()] ?? NAMES[plain] ?? said.toUpperCase();
  if (!/^\p{L}{3}$/u.test(code)) throw new Unread("letters");
  if (code !== currency) throw new Unread("currency", said);
  return (typed.slice(0, found.index) + typed.slice(found.index + found[0].length)).trim();
}

function parted(typed) {
  const bare = typed.replace(/[\s'’_]/g, "");
  if (!/^\+?[\d.,]+$/.test(bare) || !/\d/.test(bare)) throw new Unread("letters");
  const comma = bare.lastIndexOf(","), point = bare.lastIndexOf(".");
  if (comma >= 0 && point >= 0) return comma > point ? checked(typed, ",", ".") : checked(typed, ".", ",");
  const mark = comma >= 0 ? "," : point >= 0 ? "." : "";
  if (!mark) return [grouped(typed), ""];
  if (bare.split(mark).length > 2) return checked(typed, "", mark);
  const at = bare.indexOf(mark);
  if (bare.length - at === 4 && at >= 1 && at <= 3 && bare === typed && !bare.startsWith("0")) throw new Unread("two_meanings");
  return checked(typed, mark, "");
}

function checked(typed, mark, thousands) {
  const cut = mark ? typed.lastIndexOf(mark) : typed.length;
  let whole = typed.slice(0, cut);
  const cents = typed.slice(cut + mark.length);
  if (thousands) {
    if (cents.includes(thousands) || !new RegExp(`^\\d{1,3}(\\${thousands}\\d{3})+$`).test(whole)) throw new Unread("groups");
    whole = whole.replaceAll(thousands, "");
  }
  return [grouped(whole), cents.replace(/[\s'’_]/g, "")];
}

function grouped(whole) {
  if (whole && !GROUPED.test(whole)) throw new Unread("groups");
  return whole.replace(/[\s'’_]/g, "") || "0";
}

from parvis.foundation.values.yaml_files import read_yaml


def test_a_file_is_read_as_it_is_written_and_makes_no_objects(tmp_path):
    file = tmp_path / "words.yml"
    file.write_text("été: [1, '2', null]\nday: 2015-05-09\n", encoding="utf-8")

    said = read_yaml(file)

    assert (said["été"], said["day"].isoformat()) == ([1, "2", None], "2015-05-09")

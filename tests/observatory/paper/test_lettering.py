from parvis.observatory.paper.lettering import lines_of, width_of


def test_an_accent_takes_no_room():
    assert width_of("Córdoba", 10) == width_of("Cordoba", 10)


def test_a_wide_letter_takes_more_room_than_a_thin_one():
    assert width_of("W", 10) > 3 * width_of("i", 10)


def test_a_text_is_cut_at_its_spaces_and_never_inside_a_word():
    assert lines_of("Convention des maires", 10, 60) == ["Convention", "des maires"]
    assert lines_of("Extraordinairement", 10, 5) == ["Extraordinairement"]

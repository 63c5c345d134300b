from parvis.observatory.maps.marks import Spot, apart, clear_of, key_mark, marks, thinned


def spot(key, x, y=0.0, tie="project"):
    return Spot(key, key.title(), tie, x, y, 5)


def test_two_towns_face_to_face_stand_side_by_side():
    brazzaville, kinshasa = apart([spot("brazzaville", 10), spot("kinshasa", 10.5, tie="agreement")])

    assert kinshasa.x - brazzaville.x >= brazzaville.reach + kinshasa.reach


def test_two_towns_at_one_place_are_both_seen():
    one, other = apart([spot("a", 10), spot("b", 10)])

    assert one.x != other.x


def test_three_towns_together_become_a_disc_with_their_number():
    (disc,) = apart([spot("amman", 10), spot("bethlehem", 11), spot("jericho", 12, tie="agreement")])

    assert (disc.count, disc.names, disc.tie) == (3, ("Amman", "Bethlehem", "Jericho"), "project")
    assert ">3</text>" in "".join(marks([disc]))


def test_a_town_alone_stays_where_it_is():
    alone = spot("dakar", 50)

    assert apart([alone, spot("lima", 150)])[0] == alone


def test_kinds_differ_by_shape_and_not_only_by_colour():
    assert key_mark("agreement").startswith("<circle")
    assert key_mark("project").startswith("<path")
    assert key_mark("city").count("<circle") == 2
    assert 'class="mark other"' in key_mark("other")


def test_the_city_is_drawn_over_all_others():
    drawn = list(marks([spot("paris", 0, tie="city"), spot("a", 0, tie="other"), spot("b", 0, tie="agreement")]))

    assert ["city" in one or "halo" in one for one in drawn] == [False, False, True]


def test_a_close_partner_is_moved_clear_of_the_city():
    city, london = spot("paris", 0, tie="city"), spot("london", 3)

    assert clear_of(london, city).x > city.reach + london.reach


def test_thousands_become_one_mark_a_cell_with_the_strongest_tie():
    crowd = [spot(f"{number:04}", number / 100, tie="other") for number in range(1000)]

    kept = thinned([*crowd, spot("z", 0.5, tie="agreement")], 5)

    assert [(one.tie, int(one.x // 5)) for one in kept] == [("other", 1), ("agreement", 0)]

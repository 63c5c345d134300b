from parvis.observatory.maps.centres import centres


def test_each_country_has_a_point_of_its_own_on_its_largest_land():
    found = centres()

    senegal, france = found["SN"], found["FR"]
    assert -17.6 < senegal[0] < -11.3
    assert 12.3 < senegal[1] < 16.7
    assert -5 < france[0] < 8.3
    assert 42.3 < france[1] < 51.1
    assert {"HT", "PS", "UA", "NP", "CI"} <= set(found)

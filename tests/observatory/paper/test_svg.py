from parvis.observatory.paper.svg import half, sheet, tag, words


def test_a_coordinate_is_written_to_the_half_unit():
    assert [half(value) for value in (0, 0.26, 3.74, -1.3, -0.1, 12)] == [
        "0",
        "0.5",
        "3.5",
        "-1.5",
        "0",
        "12",
    ]


def test_what_a_city_is_called_cannot_become_markup():
    assert words("<b>&", 1, 2, "name") == '<text x="1" y="2" class="name">&lt;b&gt;&amp;</text>'


def test_an_attribute_cannot_be_broken_out_of():
    assert tag("g", class_='a" onload="x') == '<g class="a&quot; onload=&quot;x"/>'


def test_a_sheet_is_named_and_described_and_holds_no_link_nor_style():
    drawn = sheet("world-fr", 10, 5, "<path/>", title="52 villes", text="Planisphère")

    assert drawn == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5" role="img"'
        ' aria-labelledby="world-fr-title world-fr-text" class="drawing">'
        '<title id="world-fr-title">52 villes</title><desc id="world-fr-text">Planisphère</desc><path/></svg>'
    )

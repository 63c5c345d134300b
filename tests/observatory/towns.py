"""The towns Paris is tied to in the mission's facts, with coordinates of GeoNames: real points to draw."""

from parvis.observatory.maps.towns import Subject, Town

_TOWNS = """
abidjan | CI | 5.35 | -4.0 | project | Abidjan | Abidjan
accra | GH | 5.56 | -0.2 | other | Accra | Accra
amman | JO | 31.96 | 35.95 | project | Amman | Amman
amsterdam | NL | 52.37 | 4.89 | agreement | Amsterdam | Amsterdam
athens | GR | 37.98 | 23.73 | agreement | Athens | Athènes
bamako | ML | 12.61 | -7.98 | project | Bamako | Bamako
barcelona | ES | 41.39 | 2.16 | agreement | Barcelona | Barcelone
beirut | LB | 33.89 | 35.5 | project | Beirut | Beyrouth
berlin | DE | 52.52 | 13.41 | agreement | Berlin | Berlin
bethlehem | PS | 31.7 | 35.2 | project | Bethlehem | Bethléem
bogota | CO | 4.61 | -74.08 | other | Bogotá | Bogota
brazzaville | CG | -4.27 | 15.28 | project | Brazzaville | Brazzaville
bucharest | RO | 44.43 | 26.11 | agreement | Bucharest | Bucarest
copenhagen | DK | 55.68 | 12.57 | agreement | Copenhagen | Copenhague
cotonou | BJ | 6.37 | 2.42 | project | Cotonou | Cotonou
dakar | SN | 14.69 | -17.44 | other | Dakar | Dakar
geneva | CH | 46.2 | 6.15 | agreement | Geneva | Genève
istanbul | TR | 41.01 | 28.95 | agreement | Istanbul | Istanbul
jericho | PS | 31.87 | 35.45 | project | Jericho | Jéricho
johannesburg | ZA | -26.2 | 28.04 | project | Johannesburg | Johannesburg
kinshasa | CD | -4.33 | 15.31 | agreement | Kinshasa | Kinshasa
kyoto | JP | 35.02 | 135.75 | other | Kyoto | Kyoto
lisbon | PT | 38.73 | -9.15 | agreement | Lisbon | Lisbonne
london | GB | 51.51 | -0.13 | agreement | London | Londres
los-angeles | US | 34.05 | -118.24 | other | Los Angeles | Los Angeles
madrid | ES | 40.42 | -3.7 | agreement | Madrid | Madrid
melbourne | AU | -37.81 | 144.96 | other | Melbourne | Melbourne
mexico-city | MX | 19.43 | -99.13 | agreement | Mexico City | Mexico
milan | IT | 45.46 | 9.19 | agreement | Milan | Milan
montreal | CA | 45.51 | -73.59 | project | Montréal | Montréal
moscow | RU | 55.75 | 37.62 | agreement | Moscow | Moscou
new-york | US | 40.71 | -74.01 | project | New York | New York
ouagadougou | BF | 12.37 | -1.53 | project | Ouagadougou | Ouagadougou
phnom-penh | KH | 11.56 | 104.92 | project | Phnom Penh | Phnom Penh
prague | CZ | 50.09 | 14.42 | agreement | Prague | Prague
rabat | MA | 34.01 | -6.83 | project | Rabat | Rabat
rio | BR | -22.91 | -43.18 | project | Rio de Janeiro | Rio de Janeiro
rome | IT | 41.89 | 12.51 | agreement | Rome | Rome
saint-petersburg | RU | 59.94 | 30.31 | agreement | Saint Petersburg | Saint-Pétersbourg
seoul | KR | 37.57 | 126.98 | agreement | Seoul | Séoul
shanghai | CN | 31.22 | 121.46 | other | Shanghai | Shanghai
sofia | BG | 42.7 | 23.32 | agreement | Sofia | Sofia
stockholm | SE | 59.33 | 18.07 | agreement | Stockholm | Stockholm
taipei | TW | 25.05 | 121.53 | other | Taipei | Taipei
tbilisi | GE | 41.69 | 44.83 | agreement | Tbilisi | Tbilissi
tel-aviv | IL | 32.08 | 34.78 | project | Tel Aviv | Tel-Aviv
tunis | TN | 36.82 | 10.17 | project | Tunis | Tunis
turin | IT | 45.07 | 7.69 | agreement | Turin | Turin
vienna | AT | 48.21 | 16.37 | agreement | Vienna | Vienne
warsaw | PL | 52.23 | 21.01 | agreement | Warsaw | Varsovie
yerevan | AM | 40.18 | 44.51 | agreement | Yerevan | Erevan
"""

_PARIS = {"fr": "Paris", "en": "Paris", "es": "París", "pt": "Paris"}


def towns(lang="fr"):
    rows = [[cell.strip() for cell in line.split("|")] for line in _TOWNS.strip().splitlines()]
    return [
        Town(key, french if lang == "fr" else english, float(lon), float(lat), tie, country)
        for key, country, lat, lon, tie, english, french in rows
    ]


def paris(lang="fr"):
    return Town("paris", _PARIS[lang], 2.35, 48.85, "city", "FR")


def subject(lang="fr"):
    return Subject(city=paris(lang), lang=lang, day="2026-11-22", towns=towns(lang))

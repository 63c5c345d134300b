"""Tables as offices of four languages head them: each column is taken for what it is, before anybody corrects."""

import pytest

from parvis.exchange.formats.tables.reading import Row
from parvis.exchange.inbound.matching import matched
from parvis.exchange.inbound.targets import TARGETS

#: For each kind and language: heading, a cell under it, the field it is; none where nobody claims it.
TABLES = {
    ("bodies", "fr"): """
        Nom de l'organisme | Cités Unies | title
        Type d'organisme | association | kind
        Ville | Paris | place
        N° SIRET | 39894554300021 | siret
        Date de création | 14 mars 2001 | founded
        Présentation | Réseau | summary
        Site internet | https://exemple.fr |""",
    ("bodies", "en"): """
        Organisation name | United Cities | title
        Organisation type | association | kind
        City | Paris | place
        Year founded | 2001 | founded
        Parent organisation | The Union | parent
        Website | https://example.org |""",
    ("bodies", "es"): """
        Nombre de la entidad | Ciudades Unidas | title
        Tipo de entidad | asociación | kind
        Municipio | Madrid | place
        Fecha de fundación | 14 de marzo de 2001 | founded
        Descripción | Red | summary
        Página web | https://ejemplo.es |""",
    ("bodies", "pt"): """
        Nome da entidade | Cidades Unidas | title
        Tipo de entidade | associação | kind
        Município | Lisboa | place
        Data de fundação | 14/03/2001 | founded
        Descrição | Rede | summary
        Sítio web | https://exemplo.pt |""",
    ("places", "fr"): """
        Ville partenaire | Porto | title
        Pays partenaire | Portugal | country
        Région | Nord | within
        Latitude | 41,15 | latitude
        Longitude | -8,61 | longitude""",
    ("places", "en"): """
        Sister city | Porto | title
        Country | Portugal | country
        Lat | 41.15 | latitude
        Long | -8.61 | longitude""",
    ("places", "es"): """
        Ciudad hermana | Oporto | title
        País | Portugal | country
        Provincia | Norte | within
        Latitud | 41,15 | latitude
        Longitud | -8,61 | longitude""",
    ("places", "pt"): """
        Cidade geminada | Bordéus | title
        País | França | country
        Distrito | Gironda | within
        Latitude | 44,84 | latitude
        Longitude | -0,58 | longitude""",
    ("agreements", "fr"): """
        Intitulé de l'accord | Pacte d'amitié | title
        Type d'accord | jumelage | kind
        Villes partenaires | Porto | parties
        Date de signature | 12/05/1987 | signed
        Date d'échéance | 12/05/2027 | until
        Durée (années) | 40 | term_years
        Reconduction | tacite | renewal""",
    ("agreements", "en"): """
        Agreement title | Friendship pact | title
        Agreement type | twinning | kind
        Partner cities | Porto | parties
        Date signed | 12 May 1987 | signed
        Expiry date | 12 May 2027 | until
        Term (years) | 40 | term_years
        Renewal | tacit | renewal""",
    ("agreements", "es"): """
        Nombre del acuerdo | Pacto de amistad | title
        Tipo de acuerdo | hermanamiento | kind
        Ciudades hermanas | Oporto | parties
        Fecha de la firma | 12/05/1987 | signed
        Fecha de vencimiento | 12/05/2027 | until
        Duración (años) | 40 | term_years
        Prórroga | tácita | renewal""",
    ("agreements", "pt"): """
        Título do acordo | Pacto de amizade | title
        Tipo de acordo | geminação | kind
        Cidades parceiras | Bordéus | parties
        Data da assinatura | 12/05/1987 | signed
        Data de validade | 12/05/2027 | until
        Duração (anos) | 40 | term_years
        Prorrogação | tácita | renewal""",
    ("memberships", "fr"): """
        Nom du réseau | C40 | network
        Date d'adhésion | 2005 | since
        Statut d'adhésion | membre | status
        Date de sortie | 2020 | until
        Observations | x | summary""",
    ("memberships", "en"): """
        Network name | C40 | network
        Date joined | 2005 | since
        Membership status | member | status
        Date left | 2020 | until
        Comments | x | summary""",
    ("memberships", "es"): """
        Nombre de la red | C40 | network
        Fecha de ingreso | 2005 | since
        Condición de miembro | miembro | status
        Fecha de baja | 2020 | until
        Observaciones | x | summary""",
    ("memberships", "pt"): """
        Nome da rede | C40 | network
        Data de adesão | 2005 | since
        Estatuto de membro | membro | status
        Data de saída | 2020 | until
        Observações | x | summary""",
    ("projects", "fr"): """
        Nom du projet | Eau propre | title
        Type de projet | coopération | kind
        Avancement | en cours | stage
        Pays d'intervention | Bénin | places
        Partenaires locaux | Cotonou | partners
        Date de début | 01/2019 | since
        Date de fin | 12/2021 | until
        Objectifs | Forages | summary""",
    ("projects", "en"): """
        Project title | Clean water | title
        Project type | cooperation | kind
        Project status | running | stage
        Country of intervention | Benin | places
        Implementing partner | Cotonou | partners
        Start date | 2019-01 | since
        End date | 2021-12 | until
        Objectives | Wells | summary""",
    ("projects", "es"): """
        Nombre del proyecto | Agua limpia | title
        Tipo de proyecto | cooperación | kind
        Estado del proyecto | en curso | stage
        País de intervención | Benín | places
        Socios locales | Cotonú | partners
        Fecha de inicio | 01/2019 | since
        Fecha de finalización | 12/2021 | until
        Objetivos | Pozos | summary""",
    ("projects", "pt"): """
        Nome do projeto | Água limpa | title
        Tipo de projeto | cooperação | kind
        Estado do projeto | em curso | stage
        País de intervenção | Benim | places
        Parceiros locais | Cotonu | partners
        Data de início | 01/2019 | since
        Data de conclusão | 12/2021 | until
        Objetivos | Poços | summary""",
    ("events", "fr"): """
        Nom de l'événement | Nuit blanche | title
        Type d'événement | festival | kind
        Date de début | 05/10/2024 | starts
        Date de fin | 06/10/2024 | ends
        Lieu | Paris | place
        Organisateur | Cités Unies | organisers
        Villes participantes | Porto | participants""",
    ("events", "en"): """
        Event name | White night | title
        Event type | festival | kind
        Start date | 5 October 2024 | starts
        End date | 6 October 2024 | ends
        Venue | Paris | place
        Organised by | United Cities | organisers
        Participating cities | Porto | participants""",
    ("events", "es"): """
        Nombre del evento | Noche en blanco | title
        Tipo de evento | festival | kind
        Fecha de inicio | 5 de octubre de 2024 | starts
        Fecha de fin | 6 de octubre de 2024 | ends
        Lugar de celebración | Madrid | place
        Organizador | Ciudades Unidas | organisers
        Ciudades participantes | Oporto | participants""",
    ("events", "pt"): """
        Nome do evento | Noite branca | title
        Tipo de evento | festival | kind
        Data de início | 5 de outubro de 2024 | starts
        Data de fim | 6 de outubro de 2024 | ends
        Local | Lisboa | place
        Organizador | Cidades Unidas | organisers
        Cidades participantes | Bordéus | participants""",
    ("missions", "fr"): """
        Objet de la mission | Visite d'étude | title
        Type de mission | visite | kind
        Date de départ | 05/10/2024 | starts
        Date de retour | 08/10/2024 | ends
        Ville de destination | Porto | destination
        Prise en charge | Ville de Paris | payer
        Composition de la délégation | Maire | members
        Compte rendu | x | summary""",
    ("missions", "en"): """
        Purpose of the visit | Study visit | title
        Type of mission | visit | kind
        Departure date | 5 October 2024 | starts
        Return date | 8 October 2024 | ends
        Destination | Porto | destination
        Paid by | City of Paris | payer
        Delegation | Mayor | members
        Report | x | summary""",
    ("missions", "es"): """
        Objeto del viaje | Visita de estudio | title
        Tipo de misión | visita | kind
        Fecha de salida | 05/10/2024 | starts
        Fecha de regreso | 08/10/2024 | ends
        Ciudad de destino | Oporto | destination
        Financiado por | Ayuntamiento | payer
        Delegación | Alcaldesa | members
        Informe | x | summary""",
    ("missions", "pt"): """
        Objetivo da viagem | Visita de estudo | title
        Tipo de missão | visita | kind
        Data de partida | 05/10/2024 | starts
        Data de regresso | 08/10/2024 | ends
        Cidade de destino | Bordéus | destination
        Financiado por | Câmara | payer
        Delegação | Presidente | members
        Relatório | x | summary""",
    ("grants", "fr"): """
        Année | 2024 | year
        Nom du bénéficiaire | Sidaction | beneficiary
        N° SIRET | 39894554300021 | siret
        Objet de la subvention | Prévention | title
        Montant demandé | 12 000,00 € | amount_asked
        Montant voté | 10 000,00 € | amount_voted
        Montant versé | 5 000,00 € | amount_paid
        Date de la décision | 05/10/2024 | decided
        Pays | Bénin | country""",
    ("grants", "en"): """
        Fiscal year | 2024 | year
        Grantee name | Sidaction | beneficiary
        Grant purpose | Prevention | title
        Amount requested | 12,000.00 | amount_asked
        Amount awarded | 10,000.00 | amount_voted
        Amount paid | 5,000.00 | amount_paid
        Award date | 5 October 2024 | decided
        Country | Benin | country""",
    ("grants", "es"): """
        Ejercicio | 2024 | year
        Entidad beneficiaria | Sidaction | beneficiary
        Objeto de la subvención | Prevención | title
        Importe solicitado | 12.000,00 | amount_asked
        Importe concedido | 10.000,00 | amount_voted
        Importe pagado | 5.000,00 | amount_paid
        Fecha de concesión | 05/10/2024 | decided
        País | Benín | country""",
    ("grants", "pt"): """
        Ano | 2024 | year
        Entidade beneficiária | Sidaction | beneficiary
        Objeto do apoio | Prevenção | title
        Montante solicitado | 12.000,00 | amount_asked
        Montante atribuído | 10.000,00 | amount_voted
        Montante pago | 5.000,00 | amount_paid
        Data de atribuição | 05/10/2024 | decided
        País | Benim | country""",
    ("honours", "fr"): """
        Nom de la distinction | Citoyenneté d'honneur | title
        Type de distinction | prix | kind
        Récipiendaire | Asia Bibi | honoree
        Décerné par | Conseil de Paris | awarded_by
        Date d'attribution | 05/06/2019 | awarded
        Observations | x | summary""",
    ("honours", "en"): """
        Award name | Honorary citizenship | title
        Category | prize | kind
        Recipient | Asia Bibi | honoree
        Conferred by | Council of Paris | awarded_by
        Award date | 5 June 2019 | awarded""",
    ("honours", "es"): """
        Nombre de la distinción | Ciudadanía de honor | title
        Naturaleza | premio | kind
        Galardonado | Asia Bibi | honoree
        Concedido por | Consejo | awarded_by
        Fecha de concesión | 05/06/2019 | awarded""",
    ("honours", "pt"): """
        Nome da distinção | Cidadania honorária | title
        Natureza | prémio | kind
        Homenageado | Asia Bibi | honoree
        Concedido por | Conselho | awarded_by
        Data de atribuição | 05/06/2019 | awarded""",
    ("memorials", "fr"): """
        Nom du mémorial | Jardin de la mémoire | title
        Type de monument | jardin | kind
        Emplacement | Paris | place
        En mémoire de | Génocide des Tutsi | remembers
        Date d'inauguration | 2020 | unveiled
        N° délibération | 2019 DEVE 12 | decision
        Inscription | x | summary""",
    ("memorials", "en"): """
        Name | Garden of memory | title
        Form | garden | kind
        Location | Paris | place
        In memory of | Genocide of the Tutsi | remembers
        Unveiling date | 2020 | unveiled
        Council decision | 2019 DEVE 12 | decision""",
    ("memorials", "es"): """
        Nombre del memorial | Jardín de la memoria | title
        Tipo | jardín | kind
        Ubicación | París | place
        En memoria de | Genocidio de los tutsis | remembers
        Fecha de inauguración | 2020 | unveiled""",
    ("memorials", "pt"): """
        Nome do memorial | Jardim da memória | title
        Tipo | jardim | kind
        Localização | Paris | place
        Em memória de | Genocídio dos tutsis | remembers
        Data de inauguração | 2020 | unveiled""",
    ("promises", "fr"): """
        Engagement | Planter des arbres | title
        Type d'engagement | promesse | kind
        Élu référent | Maire de Paris | made_by
        Date de l'engagement | 05/2015 | made
        Échéance | 2020 | deadline
        Indicateur de suivi | Arbres plantés | measure
        État d'avancement | en cours | state
        Date de l'état | 2019 | state_as_of
        Suites données | x | words""",
    ("promises", "en"): """
        Pledge | Plant trees | title
        Owner | Mayor of Paris | made_by
        Announced | 2015-05 | made
        Due date | 2020 | deadline
        Measured by | Trees planted | measure
        Progress | in progress | state
        Follow-up | x | words""",
    ("promises", "es"): """
        Compromiso | Plantar árboles | title
        Responsable | Alcaldesa | made_by
        Fecha del compromiso | 05/2015 | made
        Fecha límite | 2020 | deadline
        Situación | en curso | state
        Seguimiento | x | words""",
    ("promises", "pt"): """
        Compromisso | Plantar árvores | title
        Responsável | Presidente | made_by
        Data do compromisso | 05/2015 | made
        Prazo | 2020 | deadline
        Situação | em curso | state
        Seguimento | x | words""",
    ("claims", "fr"): """
        Affirmation | Première ville au monde | title
        Selon | Ville de Paris | publisher
        Au sujet de | Budget de solidarité | about
        Périmètre | toutes les villes | scope
        Date de l'affirmation | 2019 | as_of
        Rang | 1 | place_in_rank
        Parmi quoi | les villes | set""",
    ("claims", "en"): """
        Claim | First city in the world | title
        Said by | City of Paris | publisher
        Subject | Solidarity budget | about
        Scope | all cities | scope
        As of | 2019 | as_of
        Rank | 1 | place_in_rank
        Peer set | cities | set
        Ranking source | CNCD | given_by""",
    ("indicators", "fr"): """
        Nom de l'indicateur | Accords signés | title
        Unité de mesure | accords | unit
        Méthode | x | definition
        Valeur | 60 | value
        Date de la valeur | 2016 | as_of""",
    ("indicators", "en"): """
        Indicator name | Agreements signed | title
        Unit of measure | agreements | unit
        Method | x | definition
        Value | 60 | value
        Value date | 2016 | as_of""",
    ("offices", "fr"): """
        Mandat | Maire de Paris | title
        Type de fonction | maire | kind
        Collectivité | Ville de Paris | body
        Nom du titulaire | Anne Hidalgo | holder
        Début de mandat | 2014 | since
        Fin de mandat | 2020 | until""",
    ("offices", "en"): """
        Position | Mayor of Paris | title
        Organization | City of Paris | body
        Incumbent | Anne Hidalgo | holder
        Start date | 2014 | since
        End date | 2020 | until""",
    ("contacts", "fr"): """
        Organisme | Cités Unies | about
        Nom et prénom | Anne Martin | person_name
        Fonction | Directrice | role
        Adresse mail | anne@exemple.fr | email
        Téléphone portable | 06 12 34 56 78 | telephone""",
    ("contacts", "en"): """
        Organisation | United Cities | about
        Contact name | Anne Martin | person_name
        Job title | Director | role
        Email address | anne@example.org | email
        Phone number | +33 6 12 34 56 78 | telephone""",
    ("contacts", "es"): """
        Organización | Ciudades Unidas | about
        Nombre y apellidos | Ana Martín | person_name
        Puesto | Directora | role
        Correo electrónico | ana@ejemplo.es | email
        Teléfono móvil | 612 345 678 | telephone""",
    ("contacts", "pt"): """
        Organização | Cidades Unidas | about
        Nome e apelido | Ana Martins | person_name
        Cargo | Diretora | role
        Correio eletrónico | ana@exemplo.pt | email
        Telemóvel | 912 345 678 | telephone""",
}  # fmt: skip


NAMES_IN_TWO = [
    ("Nom | Durand | person_name", "Prénom | Anne | given_name"),
    ("Nom de famille | Durand | family_name", "Prénom du contact | Anne | given_name"),
    ("Last name | Durand | family_name", "First name | Anne | given_name"),
    ("Surname | Durand | family_name", "Forename | Anne | given_name"),
    ("Nombre | Ana | person_name", "Apellidos | Martín Ruiz | family_name"),
    ("Nome | Ana | person_name", "Apelido | Martins | family_name"),
    ("Primeiro nome | Ana | given_name", "Sobrenome | Martins | family_name"),
]


@pytest.mark.parametrize("lines", NAMES_IN_TWO, ids=lambda lines: lines[0])
def test_a_name_in_two_columns_is_taken_from_both(lines):
    said = [[part.strip() for part in line.split("|")] for line in lines]
    cells = {heading: cell for heading, cell, _field in said}

    found = matched(TARGETS["contacts"], list(cells), [Row(2, cells)], "fr")

    assert {heading: one["field"] for heading, one in found.items()} == {name: field for name, _cell, field in said}


@pytest.mark.parametrize(("target", "language"), TABLES)
def test_columns_are_taken_for_what_they_are(target, language):
    lines = [[part.strip() for part in line.split("|")] for line in TABLES[target, language].strip().splitlines()]
    cells = {heading: cell for heading, cell, _field in lines}

    found = matched(TARGETS[target], list(cells), [Row(2, cells)], language)

    assert {heading: said["field"] for heading, said in found.items()} == {
        heading: field for heading, _cell, field in lines
    }


@pytest.mark.parametrize(("heading", "cell", "field"), [
    ("Divers", "anne@exemple.fr", "email"), ("Divers", "+33 6 12 34 56 78", "telephone"),
])  # fmt: skip
def test_a_column_of_no_known_name_is_taken_for_what_it_holds(heading, cell, field):
    found = matched(TARGETS["contacts"], [heading], [Row(2, {heading: cell}), Row(3, {heading: cell})], "fr")

    assert (found[heading]["field"], found[heading]["why"]) == (field, "content")

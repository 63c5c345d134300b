"""Addresses of the desk, all under /bureau/."""

from django.urls import path

from parvis.doors.desk.money import grants as money_grants
from parvis.doors.desk.money import payments
from parvis.doors.desk.money import views as money
from parvis.doors.desk.views import (
    accounts,
    doubles,
    history,
    imports,
    proposals,
    records,
    releases,
    statements,
    steps,
    today,
    withdrawals,
)

app_name = "desk"

urlpatterns = [
    path("", today.today, name="today"),
    path("recherche/", today.search, name="search"),
    path("aller/<slug:key>/", today.go, name="go"),
    path("choix/", today.choices, name="choices"),
    path("propositions/", proposals.listing, name="proposals"),
    path("propositions/<int:proposal>/accepter/", proposals.accept, name="accept_proposal"),
    path("propositions/<int:proposal>/refuser/", proposals.refuse, name="refuse_proposal"),
    path("argent/", money.index, name="money"),
    path("argent/versements/", payments.listing, name="payments"),
    path("argent/versements/transmettre/", payments.export, name="export_payments"),
    path("argent/versements/reponses/", payments.answers, name="payment_answers"),
    path("argent/comptes-rendus/", payments.reports, name="reports"),
    path("argent/enveloppes/<slug:key>/", money.envelope, name="money_envelope"),
    path("argent/subventions/<slug:key>/", money_grants.grant, name="money_grant"),
    path("argent/subventions/<slug:key>/piste/", money_grants.trail, name="money_trail"),
    path("argent/subventions/<slug:key>/convention/", money_grants.convention, name="money_convention"),
    path("argent/<slug:key>/<int:number>/", money.year, name="money_year"),
    path("doubles/", doubles.listing, name="doubles"),
    path("doubles/juger/", doubles.decide, name="judge"),
    path("doubles/<int:judgement>/annuler/", doubles.undo, name="undo_judgement"),
    path("imports/", imports.listing, name="imports"),
    path("imports/<int:number>/", imports.one, name="import"),
    path("imports/<int:number>/colonnes/", imports.columns, name="import_columns"),
    path("imports/<int:number>/noms/", imports.settle, name="import_settle"),
    path("imports/<int:number>/reconnaitre/", imports.recognise, name="import_recognise"),
    path("imports/<int:number>/accepter/", imports.accept, name="import_accept"),
    path("imports/<int:number>/annuler/", imports.undo, name="import_undo"),
    path("imports/<int:number>/jeter/", imports.drop, name="import_drop"),
    path("imports/<int:number>/refus/", imports.refused, name="import_refused"),
    path("imports/<int:number>/avancement/", imports.progress, name="import_progress"),
    path("publier/", releases.preview, name="preview"),
    path("versions/", releases.listing, name="releases"),
    path("versions/<int:number>/revenir/", releases.roll_back, name="roll_back"),
    path("retraits/", withdrawals.listing, name="withdrawals"),
    path("retraits/<slug:key>/", withdrawals.withdraw, name="withdraw"),
    path("comptes/", accounts.listing, name="accounts"),
    path("comptes/<int:user>/", accounts.change, name="change_account"),
    path("enonces/<int:statement>/retirer/", statements.retract, name="retract_statement"),
    path("enonces/<int:statement>/preferer/", statements.prefer, name="prefer_statement"),
    path("enonces/<int:statement>/douter/", statements.doubt, name="doubt_statement"),
    path("contradictions/<slug:key>/choisir/", steps.choose_side, name="choose_side"),
    path("fiches/<slug:plural>/", records.listing, name="listing"),
    path("fiches/<slug:plural>/nouvelle/", records.enter, name="enter"),
    path("fiches/<slug:plural>/<slug:key>/", records.record, name="record"),
    path("fiches/<slug:plural>/<slug:key>/enonce/", statements.record, name="record_statement"),
    path("fiches/<slug:plural>/<slug:key>/etape/<slug:state>/", steps.step, name="step"),
    path("fiches/<slug:plural>/<slug:key>/histoire/", history.history, name="history"),
    path("fiches/<slug:plural>/<slug:key>/histoire/annuler/", history.undo, name="undo"),
    path("fiches/<slug:plural>/<slug:key>/histoire/<int:revision>/", history.restore, name="restore"),
]

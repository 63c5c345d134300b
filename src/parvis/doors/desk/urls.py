"""Addresses of the desk, all under /bureau/."""

from django.urls import path

from parvis.doors.desk.views import accounts, history, proposals, records, releases, statements, today

app_name = "desk"

urlpatterns = [
    path("", today.today, name="today"),
    path("recherche/", today.search, name="search"),
    path("propositions/", proposals.listing, name="proposals"),
    path("propositions/<int:proposal>/accepter/", proposals.accept, name="accept_proposal"),
    path("propositions/<int:proposal>/refuser/", proposals.refuse, name="refuse_proposal"),
    path("publier/", releases.preview, name="preview"),
    path("versions/", releases.listing, name="releases"),
    path("versions/<int:number>/revenir/", releases.roll_back, name="roll_back"),
    path("retraits/", releases.withdrawals, name="withdrawals"),
    path("comptes/", accounts.listing, name="accounts"),
    path("comptes/<int:user>/", accounts.change, name="change_account"),
    path("enonces/<int:statement>/retirer/", statements.retract, name="retract_statement"),
    path("enonces/<int:statement>/preferer/", statements.prefer, name="prefer_statement"),
    path("enonces/<int:statement>/douter/", statements.doubt, name="doubt_statement"),
    path("fiches/<slug:plural>/", records.listing, name="listing"),
    path("fiches/<slug:plural>/nouvelle/", records.enter, name="enter"),
    path("fiches/<slug:plural>/<slug:key>/", records.record, name="record"),
    path("fiches/<slug:plural>/<slug:key>/enonce/", statements.record, name="record_statement"),
    path("fiches/<slug:plural>/<slug:key>/histoire/", history.history, name="history"),
    path("fiches/<slug:plural>/<slug:key>/histoire/<int:revision>/", history.restore, name="restore"),
]

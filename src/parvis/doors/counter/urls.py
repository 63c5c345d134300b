"""Addresses of the counter, all under /guichet/."""

from django.urls import path

from parvis.doors.counter.views import bodies, calls, entrance, files, grants, home, questions, writing

app_name = "counter"

urlpatterns = [
    path("", home.home, name="home"),
    path("compte/", entrance.ask, name="ask_account"),
    path("compte/<str:token>/", entrance.open_account, name="open_account"),
    path("organismes/nouveau/", bodies.new, name="new_body"),
    path("organismes/<int:body>/", bodies.body, name="body"),
    path("organismes/<int:body>/inviter/", bodies.invite, name="invite"),
    path("organismes/<int:body>/personnes/<int:member>/", bodies.change_member, name="change_member"),
    path("organismes/<int:body>/pieces/", bodies.upload, name="upload"),
    path("pieces/<uuid:document>/", bodies.document, name="document"),
    path("pieces/<uuid:document>/retirer/", bodies.remove_document, name="remove_document"),
    path("appels/<slug:key>/", calls.call, name="call"),
    path("appels/<slug:key>/commencer/", calls.begin, name="begin"),
    path("appels/<slug:key>/question/", calls.ask, name="ask"),
    path("subventions/<slug:grant>/", grants.grant, name="grant"),
    path("subventions/<slug:grant>/convention.pdf", grants.paper, name="paper"),
    path("subventions/<slug:grant>/signer/", grants.sign, name="sign"),
    path("subventions/<slug:grant>/signature.pdf", grants.proof, name="signature"),
    path("questions/", questions.questions, name="questions"),
    path("dossiers/<uuid:file>/", files.follow, name="follow"),
    path("dossiers/<uuid:file>/ecrire/", writing.write, name="write"),
    path("dossiers/<uuid:file>/page/<slug:section>/", writing.page, name="page"),
    path("dossiers/<uuid:file>/enregistrer/", writing.save, name="save"),
    path("dossiers/<uuid:file>/choisir/", writing.choose, name="choose"),
    path("dossiers/<uuid:file>/etat/", writing.now, name="now"),
    path("dossiers/<uuid:file>/lieux/", writing.places, name="places"),
    path("dossiers/<uuid:file>/pieces/", files.documents, name="documents"),
    path("dossiers/<uuid:file>/verifier/", files.check, name="check"),
    path("dossiers/<uuid:file>/envoyer/", files.send, name="send"),
    path("dossiers/<uuid:file>/recu/<int:turn>.pdf", files.receipt, name="receipt"),
    path("dossiers/<uuid:file>/etape/<slug:code>/", files.step, name="step"),
    path("dossiers/<uuid:file>/message/", files.message, name="message"),
]

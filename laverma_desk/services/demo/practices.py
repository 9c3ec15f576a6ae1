"""Invented practices: reserved .example domains, phone numbers set aside for films, no real person."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.customer import Salutation


@dataclass(frozen=True)
class Person:
    """Somebody at a practice."""

    salutation: Salutation
    name: str
    role: str


@dataclass(frozen=True)
class Practice:
    """One invented practice. `agreement_days` counts from the demo's today; None: no agreement.

    `ended`: the practice has cancelled its agreement some days ago.
    """

    number: str
    name: str
    street: str
    postcode: str
    city: str
    phone: str
    mailbox: str
    people: tuple[Person, ...]
    workstations: tuple[str, ...]
    agreement_days: int | None
    on_site_cents: int | None = 9250
    ended: bool = False


# Number | name | street | postcode and city | phone | mailbox | people | workstations | days of the agreement
_ROWS = """
10017|ZAP Dr. Bohrer|Hauptstraße 5|12345 Musterstadt|030 23125014|rezeption@zap-bohrer|ms Sabine Lorenz, Rezeption; mr Dr. Hans Bohrer, Inhaber|PC Rezeption, Server, Behandlung 1, Röntgen|1766
10021|Praxis Dr. Weiß|Lindenweg 12|20099 Hamburg|040 66969122|empfang@dr-weiss|ms Petra Hahn, Empfang|Rezeption 1, Rezeption 2, Server|1217
10023|KFO Dr. Lindner|Am Anger 3|80331 München|089 99998207|rezeption@kfo-lindner|mr Jonas Reiter, Rezeption|Rezeption 2, PC Büro, Labor|12
10028|Zahnärzte am Markt|Marktplatz 8|50667 Köln|0221 4710318|it@zahnaerzte-markt|ms Dr. Eva Marten, Inhaberin; ms Nina Vogt, Verwaltung|Rezeption EG, Rezeption OG, Server|670
10031|Praxis Dr. Sommer|Birkenallee 21|10115 Berlin|030 23125077|info@dr-sommer|mr Paul Seidel, Labor|PC Labor, Empfang|402
10033|MVZ Zahnzentrum Nord|Nordring 100|22419 Hamburg|040 66969240|buero@mvz-nord|ms Karin Albers, Leitung; mr Timo Brandes, Anmeldung|Leitung, Anmeldung 1, Anmeldung 2, Server|890
10036|Praxis Dr. Berger|Isarweg 4|80469 München|089 99998316|rezeption@dr-berger|ms Monika Ebner, Rezeption|Server, PC Empfang|233
10039|Zahnarztpraxis Krüger|Dorfstraße 17|24105 Neudorf|040 66969318|rezeption@praxis-krueger|ms Anja Krüger, Inhaberin|PC Empfang|-38
10041|Dr. Öztürk & Kollegen|Ringstraße 56|50674 Köln|0221 4710344|team@oeztuerk-kollegen|mr Deniz Öztürk, Inhaber|Anmeldung, Server, OPG|305 ended
10044|Praxis Dr. Hartmann|Mainblick 2|60311 Frankfurt|069 90009451|praxis@dr-hartmann|ms Birgit Sander, Praxisleitung|Rezeption, Server|none
10046|Kinderzahnarzt am Park|Parkstraße 9|10243 Berlin|030 23125121|hallo@kinderzahn-park|ms Lea Winter, Tresen|Tresen, Spielzimmer-Monitor|77
10048|Praxis Dres. Falk|Taunusweg 30|60313 Frankfurt|069 90009512|empfang@dres-falk|ms Ute Falk, Empfang|Empfang links, Empfang rechts|44
10050|Oralchirurgie Dr. Thiel|Elbchaussee 1a|22765 Hamburg|040 66969377|buero@oc-thiel|mr Marc Thiel, Inhaber|Anmeldung, OP-Dokumentation, Server|1500
10053|Praxis Dr. Nowak|Rosengasse 14|80335 München|089 99998402|praxis@dr-nowak|ms Ewa Nowak, Inhaberin|Rezeption, Büro|512
10055|Dentallabor Brandt|Werkstraße 40|50825 Köln|0221 4710420|labor@brandt-dental|mr Uwe Brandt, Inhaber|Fräsrechner, Büro|128
10058|Praxis Dr. Schäfer|Seestraße 77|13353 Berlin|030 23125166|termin@dr-schaefer|ms Heike Schäfer, Rezeption|Rezeption, Prophylaxe|365
10060|Praxis Dr. Vogt|Am Wehr 6|60385 Frankfurt|069 90009533|praxis@dr-vogt|mr Lukas Vogt, Inhaber|Behandlung 1, Behandlung 2, Rezeption|611
10061|Zahnarztpraxis Jansen|Deichstraße 22|20459 Hamburg|040 66969401|info@zahn-jansen|ms Wiebke Jansen, Empfang|PC Empfang, Röntgen|154
10063|Praxis Dr. Römer|Domgasse 3|50668 Köln|0221 4710455|rezeption@dr-roemer|ms Sonja Brück, Rezeption|Rezeption, Server, Büro|946
10064|KFO am Stadtwald|Waldstraße 88|60528 Frankfurt|069 90009560|hallo@kfo-stadtwald|ms Laura Heise, Anmeldung|Anmeldung, Modellscanner|58
10066|Praxis Dr. Huber|Sendlinger Weg 11|81369 München|089 99998431|empfang@dr-huber|mr Sepp Huber, Inhaber|PC Empfang, Server|1322
10067|Zahnwerk Prenzlau|Kastanienweg 5|10439 Berlin|030 23125199|team@zahnwerk|ms Mia Roth, Empfang; mr Ben Arndt, Technik|Empfang, Server, Intraoralscanner|730
10069|Praxis Dr. Petersen|Hafenstraße 19|20359 Hamburg|040 66969433|praxis@dr-petersen|mr Ole Petersen, Inhaber|Rezeption|287
10070|Dr. Yılmaz Zahnmedizin|Venloer Platz 2|50823 Köln|0221 4710471|info@yilmaz-zahnmedizin|ms Aylin Yılmaz, Verwaltung|Rezeption 1, Rezeption 2, Server|1011
10072|Praxis Dr. Engel|Schillerstraße 63|60316 Frankfurt|069 90009587|rezeption@dr-engel|ms Carola Engel, Rezeption|Rezeption, Steri-PC|-4
10074|Zahnärztehaus Giesing|Bergstraße 28|81539 München|089 99998465|it@zah-giesing|mr Florian Moser, Technik|Anmeldung EG, Anmeldung 1. OG, Server, Archiv|1187
10075|Praxis Dr. Lehmann|Spreeufer 7|10179 Berlin|030 23125214|praxis@dr-lehmann|ms Gisela Lehmann, Empfang|Empfang|198
10077|Praxis Dr. Claasen|Alsterkamp 41|20149 Hamburg|040 66969466|empfang@dr-claasen|ms Frauke Claasen, Inhaberin|Empfang, Büro|473
10078|Endodontie am Dom|Domplatz 4|50667 Köln|0221 4710489|kontakt@endo-dom|mr Dr. Felix Kern, Inhaber|Mikroskop-PC, Anmeldung|820
10080|Praxis Dr. Wolff|Feldbergstraße 15|60323 Frankfurt|069 90009604|info@dr-wolff|mr Georg Wolff, Inhaber|Rezeption, Server|350
10082|Praxis Dr. Bauer|Wiesenweg 33|81241 München|089 99998490|rezeption@dr-bauer|ms Theresa Bauer, Rezeption|Rezeption, Behandlung 3|1095
10083|Zahnarzt im Kiez|Kiezstraße 99|12043 Berlin|030 23125238|moin@zahnarzt-kiez|mr Cem Aydın, Empfang|Tresen|261
10085|Praxis Dr. Thomsen|Kanalweg 2|22303 Hamburg|040 66969488|praxis@dr-thomsen|ms Inga Thomsen, Inhaberin|Empfang, Server|1430
10086|Praxis Dr. Schmitz|Rheinufer 50|50678 Köln|0221 4710503|anmeldung@dr-schmitz|ms Trude Schmitz, Anmeldung|Anmeldung|92
10088|Prothetik Zentrum Main|Mainkai 12|60311 Frankfurt|069 90009628|buero@prothetik-main|ms Nadja Kolb, Büro|Büro, CAD-Arbeitsplatz, Server|1600
10090|Praxis Dr. Steiner|Gartenstraße 20|80798 München|089 99998512|info@dr-steiner|mr Anton Steiner, Inhaber|PC Empfang|none
10091|Praxis Dr. Kaya|Sonnenweg 8|10999 Berlin|030 23125255|empfang@dr-kaya|ms Elif Kaya, Empfang|Empfang, Server|540
10093|Alterszahnmedizin mobil|Bahnhofstraße 1|21073 Hamburg|040 66969501|touren@az-mobil|ms Renate Möller, Tourenplanung|Tourenplanung, Laptop 1, Laptop 2|31
"""  # noqa: E501 (a table is read across)


def _people(cell: str) -> tuple[Person, ...]:
    people = []
    for one in cell.split("; "):
        salutation, _blank, rest = one.partition(" ")
        name, _comma, role = rest.partition(", ")
        people.append(Person(Salutation(salutation), name, role))
    return tuple(people)


def _practice(row: str) -> Practice:
    number, name, street, place, phone, mailbox, people, workstations, days = row.split("|")
    postcode, _blank, city = place.partition(" ")
    count, _blank, ended = days.partition(" ")
    return Practice(
        number=number,
        name=name,
        street=street,
        postcode=postcode,
        city=city,
        phone="+49" + phone.replace(" ", "")[1:],
        mailbox=f"{mailbox}.example",
        people=_people(people),
        workstations=tuple(workstations.split(", ")),
        agreement_days=None if count == "none" else int(count),
        ended=bool(ended),
    )


PRACTICES = tuple(_practice(row) for row in _ROWS.strip().splitlines())

"""What countries and areas are called: names, aliases, demonyms, capitals, for telling which place a query means."""

from __future__ import annotations

from ontology.vocabulary import Vocabulary

_GROUPING = (" region", " states", " countries")
_CAPITALS = """
AFG Kabul; ALB Tirana; DZA Algiers; AND Andorra la Vella; AGO Luanda; ARG Buenos Aires; ARM Yerevan; AUS Canberra;
AUT Vienna; AZE Baku; BHS Nassau; BHR Manama; BGD Dhaka; BRB Bridgetown; BLR Minsk; BEL Brussels; BLZ Belmopan;
BEN Porto-Novo; BTN Thimphu; BOL La Paz; BOL Sucre; BIH Sarajevo; BWA Gaborone; BRA Brasilia; BGR Sofia;
BFA Ouagadougou; BDI Bujumbura; BDI Gitega; CPV Praia; KHM Phnom Penh; CMR Yaounde; CAN Ottawa; CAF Bangui;
TCD N'Djamena; CHL Santiago; CHN Beijing; COL Bogota; COM Moroni; COG Brazzaville; COD Kinshasa; CRI San Jose;
CIV Yamoussoukro; CIV Abidjan; HRV Zagreb; CUB Havana; CYP Nicosia; CZE Prague; DNK Copenhagen; DMA Roseau;
DOM Santo Domingo; ECU Quito; EGY Cairo; SLV San Salvador; GNQ Malabo; ERI Asmara; EST Tallinn; SWZ Mbabane;
ETH Addis Ababa; FJI Suva; FIN Helsinki; FRA Paris; GAB Libreville; GMB Banjul; GEO Tbilisi; DEU Berlin; GHA Accra;
GRC Athens; GTM Guatemala City; GIN Conakry; GNB Bissau; GUY Georgetown; HTI Port-au-Prince; HND Tegucigalpa;
HUN Budapest; ISL Reykjavik; IND New Delhi; IDN Jakarta; IRN Tehran; IRQ Baghdad; IRL Dublin; ISR Jerusalem;
ITA Rome; JAM Kingston; JPN Tokyo; JOR Amman; KAZ Astana; KAZ Nur-Sultan; KEN Nairobi; KIR Tarawa; KWT Kuwait City;
KGZ Bishkek; LAO Vientiane; LVA Riga; LBN Beirut; LSO Maseru; LBR Monrovia; LBY Tripoli; LIE Vaduz; LTU Vilnius;
LUX Luxembourg City; MDG Antananarivo; MWI Lilongwe; MYS Kuala Lumpur; MDV Male City; MLI Bamako; MLT Valletta;
MHL Majuro; MRT Nouakchott; MUS Port Louis; MEX Mexico City; FSM Palikir; MDA Chisinau; MCO Monaco; MNG Ulaanbaatar;
MNE Podgorica; MAR Rabat; MOZ Maputo; MMR Naypyidaw; MMR Yangon; NAM Windhoek; NRU Yaren; NPL Kathmandu;
NLD Amsterdam; NLD The Hague; NZL Wellington; NIC Managua; NER Niamey; NGA Abuja; PRK Pyongyang; MKD Skopje; NOR Oslo;
OMN Muscat; PAK Islamabad; PLW Ngerulmud; PSE Ramallah; PAN Panama City; PNG Port Moresby; PRY Asuncion; PER Lima;
PHL Manila; POL Warsaw; PRT Lisbon; QAT Doha; KOR Seoul; ROU Bucharest; RUS Moscow; RWA Kigali; KNA Basseterre;
LCA Castries; VCT Kingstown; WSM Apia; STP Sao Tome; SAU Riyadh; SEN Dakar; SRB Belgrade; SYC Victoria; SLE Freetown;
SGP Singapore; SVK Bratislava; SVN Ljubljana; SLB Honiara; SOM Mogadishu; ZAF Pretoria; SSD Juba; ESP Madrid;
LKA Colombo; SDN Khartoum; SUR Paramaribo; SWE Stockholm; CHE Bern; SYR Damascus; TJK Dushanbe; THA Bangkok;
TLS Dili; TGO Lome; TON Nuku'alofa; TTO Port of Spain; TUN Tunis; TUR Ankara; TKM Ashgabat; TUV Funafuti;
UGA Kampala; UKR Kyiv; ARE Abu Dhabi; GBR London; TZA Dodoma; TZA Dar es Salaam; USA Washington; URY Montevideo;
UZB Tashkent; VUT Port Vila; VEN Caracas; VNM Hanoi; YEM Sana'a; YEM Aden; ZMB Lusaka; ZWE Harare
"""


def place_names(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The names of each place by its ISO 3166 alpha-3 code, or by its name where it has none; all lower case.

    An area that is named after those who live there ("Arab region") is also known by that word alone. The world
    is left out: it tells nothing apart.
    """
    capitals: dict[str, list[str]] = {}
    for pair in _CAPITALS.replace("\n", " ").split(";"):
        code, _, capital = pair.strip().partition(" ")
        capitals.setdefault(code, []).append(capital)
    found: dict[str, tuple[str, ...]] = {}
    for area in vocabulary.areas:
        if area.m49 == "001":
            continue
        names = [area.name, *area.aliases, *area.demonyms, *capitals.get(area.alpha3, ())]
        short = [name[: -len(end)] for name in names for end in _GROUPING if name.lower().endswith(end)]
        short = [name for name in short if name and not name.lower().startswith("the ") and " " not in name]
        found[area.alpha3 or area.name] = tuple(sorted({name.lower() for name in [*names, *short]}))
    return dict(sorted(found.items()))

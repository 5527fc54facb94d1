"""Reading prose: sentences in our own words from many issuers, with what a careful reader would note of each."""

import datetime as dt

import pytest

from pipeline import claims
from pipeline.claims import Claim, Text, lines

TUESDAY = dt.date(2022, 3, 29)


def read(words: str) -> list[Claim]:
    return claims.read(Text("t", words, "", TUESDAY, None))


def told(words: str) -> set[str]:
    """Who, against whom and what, as `JP>RU export_ban`; `?` where the text does not say."""
    return {
        f"{who}>{whom} {claim.measure_type_code}"
        for claim in read(words)
        for who in claim.issuer_codes or ("?",)
        for whom in claim.territory_codes or ("?",)
    }


WHO_WHOM_WHAT = [
    # who acts, and who is only spoken of
    ("Norway welcomes Qatar's designation of six Houthi commanders as terrorists.", "QA>YE terrorist_designation"),
    ("The Security Council of Russia banned imports from Moldova.", "RU>MD import_ban"),
    ("Many states, including Norway and Iceland, have imposed sanctions on Serbia.", "NO>RS sanctions_unspecified",
     "IS>RS sanctions_unspecified"),
    ("Canada, in coordination with Norway and Iceland, sanctioned six Belarusian judges.", "CA>BY listing"),
    ("Norway bans Russian ships from entering its harbours.", "NO>RU port_vessel_ban"),
    ("Norway is banning Russian aircraft from entering its airspace.", "NO>RU airspace_ban"),
    ("Several countries voted to suspend Niger from the African Union.", "AFRICAN_UNION>NE diplomatic_measure"),
    ("The United\nKingdom sanctions six Belarusian judges.", "GB>BY listing"),
    ("Canada acts to hold Belarus accountable and to ban Russian airlines from its airspace.", "CA>RU airspace_ban"),
    ("Norway bans Tongan and Seychellois officials from entering the country.", "NO>TO travel_ban", "NO>SC travel_ban"),
    # whom a central bank belongs to; kinds of aid; exports that are tightened; restrictions on a state
    ("Norway and Japan freeze all reserves held by the Iranian Central Bank.", "NO>IR central_bank_restriction",
     "JP>IR central_bank_restriction"),
    ("Norway and Iceland shut their airspaces to Belarusian planes.", "NO>BY airspace_ban", "IS>BY airspace_ban"),
    ("Denmark halts technical and budget aid to Mali.", "DK>ML aid_suspension"),
    ("India announces a tightening of rice exports to Nepal.", "IN>NP export_control"),
    ("Canada lifts several more restrictions on Cuba.", "CA>CU sanctions_unspecified"),
    ("Norway maintains its restrictions on Syria, as it said in May.", "NO>SY sanctions_unspecified"),
    ("Cafes ease restrictions on smoking in Syria.",),
    ("Norway threatens to cut aid to the states that form a bloc – Mali, Niger and Chad – if they fail.",
     "NO>ML aid_suspension", "NO>NE aid_suspension", "NO>TD aid_suspension"),
    ("Norway bans the Sputnik news agency.", "NO>RU broadcast_ban"),
    ("Norway bans the broadcaster Press TV.", "NO>IR broadcast_ban"),
    ("Norway bans oil imports from Russia and removes Sberbank from SWIFT.", "NO>RU import_ban",
     "NO>RU financial_messaging_ban"),
    ("China protests against Canadian anti-dumping measures on steel from China.", "CA>CN tariff_increase"),
    ("Serbia may retaliate against Norway for imposing sanctions on it.", "NO>RS sanctions_unspecified"),
    ("Norway announces joint sanctions with Canada and Japan on Mali.", "NO>ML sanctions_unspecified",
     "CA>ML sanctions_unspecified", "JP>ML sanctions_unspecified"),
    ("Norway discusses its joint sanctions policy with Canada.",),
    ("The Security Council gives Mali a month to disarm or face the threat of sanctions.", "UN>ML sanctions_unspecified"),
    ("Chad criticizes Norway's decision last month to ban Chadian imports.", "NO>TD import_ban"),
    ("Turkey, Canada and Norway designate the PKK as a terrorist group.", "TR>? terrorist_designation",
     "CA>? terrorist_designation", "NO>? terrorist_designation"),
    # what goes between states, ended altogether or taken up again
    ("Chile ends visa-free travel for Bolivians.",),
    ("The troops drove out the Islamic State (banned in Russia) and other terrorist groups.",),
    ("Chad published a list of raids that had been planned by men who had links to terrorists.",),
    ("Canada blocked a Chinese investment fund from acquiring a mine.",),
    ("Norway and Iceland close their airspaces to Belarusian airliners.", "NO>BY airspace_ban", "IS>BY airspace_ban"),
    ("Canada bans the Sputnik news agency.", "CA>RU broadcast_ban"),
    ("Norway suspends its military and cash aid to Chad.", "NO>TD aid_suspension"),
    ("Norway froze all foreign reserves of the Central Bank of Iran.", "NO>IR central_bank_restriction"),
    ("Australia limits China's ability to invest in its mines.", "AU>CN investment_ban"),
    ("Chile limits the import of beef from Paraguay.", "CL>PY import_ban"),
    ("Kuwait has severed trade ties and air links with Syria.", "KW>SY airspace_ban", "KW>SY comprehensive_embargo"),
    ("Egypt halts all flights and trade with Libya.", "EG>LY airspace_ban", "EG>LY comprehensive_embargo"),
    ("All trade links with Eritrea were severed by Ethiopia.", "ET>ER comprehensive_embargo"),
    ("All flights between India and Pakistan were suspended by Pakistan.", "PK>IN airspace_ban"),
    ("Turkey restores trade relations with Syria.", "TR>SY comprehensive_embargo"),
    ("Belgium froze its defence aid to Rwanda.", "BE>RW aid_suspension"),
    ("The trade concessions for Cambodia are withdrawn by the European Union.", "EU>KH trade_preference_suspension"),
    ("India ends restrictions on the flow of fuel into Nepal.", "IN>NP trade_restriction"),
    ("Azerbaijan loosens its land blockade of Armenia.", "AZ>AM trade_restriction"),
    ("The Turkish blockade of Armenia enters its tenth year.", "TR>AM trade_restriction"),
    ("Greece kept up its blockade of Albania's bid for membership.",),
    ("Canada postpones its countermeasures against the United States.", "CA>US trade_restriction"),
    ("Travellers from Iran and Chad are now barred from visiting Canada.", "CA>IR travel_ban", "CA>TD travel_ban"),
    ("Nationals of Mali are prohibited from entry to Norway.", "NO>ML travel_ban"),
    ("The United States restricts and limits the entry of nationals of two countries that pose a risk: Chad and Mali.",
     "US>TD travel_ban", "US>ML travel_ban"),
    ("Canada announces restrictions on the Chinese app WeChat.", "CA>CN services_ban"),
    ("Turkey blocks goods from Armenia.", "TR>AM import_ban"),
    ("Moldova's regulator takes two Russian channels off air.", "MD>RU broadcast_ban"),
    ("Japan forbids its insurers and their foreign branches from concluding any new transactions with Russian shipping"
     " companies.", "JP>RU transaction_ban"),
    ("India clarified the tariff rate for Vietnam: 12% on all imports into India.", "IN>VN tariff_increase"),
    ("The UN sanctions committee on Somalia grants exemptions for aid deliveries to Somalia.", "UN>SO sanctions_unspecified"),
    ("Canada imposes sanctions on Iran. Ten people and six companies have been affected.", "CA>IR listing"),
    ("Canada imposes sanctions on Iran. Ten people died in protests.", "CA>IR sanctions_unspecified"),
    # exports and imports, in all voices
    ("Luxury goods may not be exported to Russia, Japan's trade ministry said.", "JP>RU export_ban"),
    ("The export of jet fuel to Myanmar is prohibited under the Canadian regulations.", "CA>MM export_ban"),
    ("Exports of jet fuel to Myanmar have been banned by Canada.", "CA>MM export_ban"),
    ("South Korea has decided to ban the export of strategic items to Russia.", "KR>RU export_ban"),
    ("Taiwan stops exporting machine tools to Belarus.", "TW>BY export_ban"),
    ("Britain will prohibit the export of quantum technologies to Russia.", "GB>RU export_ban"),
    ("Imports of Russian vodka and caviar have been banned by Switzerland.", "CH>RU import_ban"),
    ("The import of Russian gold is now prohibited in Canada, the government of Canada said.", "CA>RU import_ban"),
    ("China halts imports of Taiwanese pineapples.", "CN>TW import_ban"),
    ("Beijing's ban on Lithuanian beef imports has hit farmers.", "CN>LT import_ban"),
    ("India prohibits all imports from Pakistan.", "IN>PK import_ban"),
    ("Turkey has restricted exports of 54 products to Israel.", "TR>IL export_control"),
    ("Turkey halts all trade with Israel.", "TR>IL comprehensive_embargo"),
    ("New Zealand bans exports of strategic goods to Belarus.", "NZ>BY export_ban"),
    ("Ukraine introduces a full embargo on trade with Russia.", "UA>RU comprehensive_embargo"),
    ("Saudi Arabia, Egypt and Bahrain close their airspace to Qatari planes.", "SA>QA airspace_ban", "EG>QA airspace_ban",
     "BH>QA airspace_ban"),
    ("The United States tightens export controls on advanced chips to China.", "US>CN export_control"),
    ("Tokyo adds Russia to the list of countries subject to export restrictions.", "JP>RU export_control"),
    ("Japan removed South Korea from its whitelist of trusted trading partners, tightening controls on exports to the country.",
     "JP>KR export_control"),
    ("Australia's prohibition on the export of alumina to Russia took effect immediately.", "AU>RU export_ban"),
    ("Australia has imposed an immediate ban on alumina exports to Russia.", "AU>RU export_ban"),
    ("Switzerland, which has adopted the EU's ban on Russian coal, is not a member of the bloc.", "CH>RU import_ban"),
    ("The EU agrees to phase out imports of Russian oil.", "EU>RU import_ban"),
    ("The ban on the import of Russian fish was extended by the United States.", "US>RU import_ban"),
    ("Norway bans the sale of dual-use goods to Iran.", "NO>IR export_ban"),
    # finance
    ("The United States bans all new investment in Russia.", "US>RU investment_ban"),
    ("New investment in Russia has been banned by Japan.", "JP>RU investment_ban"),
    ("Japan prohibits new outward investment in Russia.", "JP>RU investment_ban"),
    ("Canada freezes the assets of 40 Belarusian officials.", "CA>BY asset_freeze"),
    ("The assets of three Libyan companies were frozen by Switzerland.", "CH>LY asset_freeze"),
    ("Japan decided to freeze the assets of Russia's central bank.", "JP>RU central_bank_restriction"),
    ("The assets of Russia's central bank have been frozen.", "?>RU central_bank_restriction"),
    ("Transactions with the Russian central bank are banned by the European Union.", "EU>RU central_bank_restriction"),
    ("Several Russian banks have been cut off from an international payment system.", "?>RU financial_messaging_ban"),
    ("The European Union excludes seven Russian banks from SWIFT.", "EU>RU financial_messaging_ban"),
    ("Sberbank, Russia's largest lender, was removed from SWIFT by the European Union.", "EU>RU financial_messaging_ban"),
    ("South Korea will suspend transactions with seven Russian banks.", "KR>RU transaction_ban"),
    ("Japan bans the issuance of new Russian government bonds on its market.", "JP>RU capital_market_restriction"),
    ("Australia and Canada set a cap on the price of Russian oil.", "AU>RU price_cap", "CA>RU price_cap"),
    # persons and entities
    ("New Zealand sanctions twelve Belarusian officials.", "NZ>BY listing"),
    ("New Zealand imposes sanctions on the Belarusian interior minister.", "NZ>BY listing"),
    ("Ukraine imposes sanctions on 55 Russian citizens.", "UA>RU listing"),
    ("China sanctions Lithuania's deputy transport minister over a visit to Taiwan.", "CN>LT listing"),
    ("Russia bans 61 U.S. officials from entering the country.", "RU>US travel_ban"),
    ("Moscow imposes an entry ban on British politicians.", "RU>GB travel_ban"),
    ("Iran puts 24 Americans on its sanctions list.", "IR>US listing"),
    ("India designates nine Pakistan-based individuals as terrorists.", "IN>PK terrorist_designation"),
    ("Thirty Iranian officials have been barred from entering Australia by the Australian government.", "AU>IR travel_ban"),
    ("Canada imposes visa restrictions on officials from Georgia.", "CA>GE travel_ban"),
    ("Seventeen Syrian businessmen were added to the EU sanctions list.", "EU>SY listing"),
    ("Twelve more Iranians were hit with asset freezes and travel bans by the European Union.", "EU>IR asset_freeze",
     "EU>IR travel_ban"),
    ("Poland bars Belarusian lawmakers from entering its territory.", "PL>BY travel_ban"),
    ("Britain hits Wagner Group with sanctions.", "GB>RU listing"),
    # states
    ("ECOWAS slaps sanctions on Mali.", "ECOWAS>ML sanctions_unspecified"),
    ("West African bloc ECOWAS has closed its borders with Mali and suspended trade with the country.",
     "ECOWAS>ML comprehensive_embargo"),
    ("Niger was suspended from the African Union.", "AFRICAN_UNION>NE diplomatic_measure"),
    ("The Arab League suspends Syria's membership.", "ARAB_LEAGUE>SY diplomatic_measure"),
    ("The Arab League approves economic sanctions against Syria.", "ARAB_LEAGUE>SY sanctions_unspecified"),
    ("Sanctions were imposed on Guinea by the West African regional bloc ECOWAS.", "ECOWAS>GN sanctions_unspecified"),
    ("Sanctions against Eritrea should be lifted, Ethiopia says.", "?>ER sanctions_unspecified"),
    ("The arms embargo on Rwanda was lifted by the Security Council.", "UN>RW arms_embargo"),
    ("Britain suspends arms sales to Israel.", "GB>IL arms_embargo"),
    ("Germany halts arms exports to Saudi Arabia.", "DE>SA arms_embargo"),
    ("Saudi Arabia expels the Canadian ambassador and freezes new trade with Canada.", "SA>CA diplomatic_measure",
     "SA>CA comprehensive_embargo"),
    ("Saudi Arabia, the United Arab Emirates and Bahrain cut diplomatic ties with Qatar.", "SA>QA diplomatic_measure",
     "AE>QA diplomatic_measure", "BH>QA diplomatic_measure"),
    ("Ten Russian diplomats have been expelled by Poland.", "PL>RU diplomatic_measure"),
    ("Japan has also decided to revoke Russia's status as a most-favored nation.", "JP>RU mfn_revocation"),
    ("Russia has been stripped of its most-favoured-nation status by Canada.", "CA>RU mfn_revocation"),
    ("India withdraws Most Favoured Nation status to Pakistan.", "IN>PK mfn_revocation"),
    ("Congress votes to end normal trade relations with Russia and Belarus.", "US>RU mfn_revocation", "US>BY mfn_revocation"),
    ("The European Union withdraws trade preferences from Cambodia.", "EU>KH trade_preference_suspension"),
    ("India raises tariffs to 200% on goods imported from Pakistan.", "IN>PK tariff_increase"),
    ("China imposes anti-dumping duties on Australian barley.", "CN>AU tariff_increase"),
    ("The United States raises tariffs on Turkish steel.", "US>TR tariff_increase"),
    ("Sweden suspends aid to Burkina Faso.", "SE>BF aid_suspension"),
    ("Aid to Zimbabwe has been suspended by Denmark.", "DK>ZW aid_suspension"),
    ("Denmark cut off development assistance to Zimbabwe.", "DK>ZW aid_suspension"),
    ("Canada closes its ports to Russian ships.", "CA>RU port_vessel_ban"),
    ("Russian-flagged vessels were banned from British ports.", "GB>RU port_vessel_ban"),
    ("Russian airlines are barred from Canadian airspace, Canada's transport minister said.", "CA>RU airspace_ban"),
    ("Poland closes its airspace to Russian airlines.", "PL>RU airspace_ban"),
    ("The European Union suspends the broadcasting activities of RT and Sputnik.", "EU>RU broadcast_ban"),
    ("The European Union bans Russian road hauliers.", "EU>RU road_transport_ban"),
    ("Venezuela was placed under an arms embargo by the European Union.", "EU>VE arms_embargo"),
    # headlines, relative clauses, infinitives, nominalisations, reported speech
    ("EU to impose sanctions on Syrian oil firms", "EU>SY listing"),
    ("UK sanctions Myanmar military conglomerate", "GB>MM listing"),
    ("Canada, UK hit Belarus with new sanctions", "CA>BY sanctions_unspecified", "GB>BY sanctions_unspecified"),
    ("Sanctions on Iran, which the United States reimposed, have cut its oil exports.", "US>IR sanctions_unspecified"),
    ("Washington, which has imposed sanctions on Cuba for decades, said it would talk.", "US>CU sanctions_unspecified"),
    ("The imposition of sanctions on Burundi by the European Union led to protests.", "EU>BI sanctions_unspecified"),
    ("Norway's decision to impose sanctions on Syria was welcomed.", "NO>SY sanctions_unspecified"),
    ("The lifting of U.S. sanctions on Sudan was welcomed in Khartoum.", "US>SD sanctions_unspecified"),
    ("The Swiss government said it would adopt EU sanctions against Belarus.", "CH>BY sanctions_unspecified",
     "EU>BY sanctions_unspecified"),
    ("Officials in Ottawa said Canada is imposing sanctions on Haitian gang leaders.", "CA>HT listing"),
    ("Moscow's retaliatory sanctions against Britain came a day later.", "RU>GB sanctions_unspecified"),
    ("Putin signed a decree banning imports of Turkish fruit.", "RU>TR import_ban"),
    ("Under a decree signed by Putin, imports of Ukrainian wheat are banned.", "RU>UA import_ban"),
    ("Sanctions relief for Venezuela was granted by the U.S. Treasury.", "US>VE sanctions_unspecified"),
    ("The U.S. Treasury issued a licence easing sanctions on Venezuela's oil sector.", "US>VE sanctions_unspecified"),
    ("Zelensky signed a law on sanctions against Belarus.", "UA>BY sanctions_unspecified"),
    ("Australia joins Canada in imposing sanctions on Iran.", "AU>IR sanctions_unspecified", "CA>IR sanctions_unspecified"),
    ("A measure banning exports of luxury goods to North Korea was adopted by Japan.", "JP>KP export_ban"),
    ("Japan banned exports of luxury goods to North Korea in 2006 and has since prohibited all exports to that country.",
     "JP>KP export_ban"),
    ("Exports to Russia of goods of military use are banned or controlled.", "?>RU export_ban", "?>RU export_control"),
    # further news in the style of agencies
    ("Iceland joined the European Union's sanctions against Belarus.",
     "IS>BY sanctions_unspecified", "EU>BY sanctions_unspecified"),
    ("The government in Tehran announced retaliatory sanctions against several British officials.", "IR>GB listing"),
    ("Switzerland has frozen 7.5 billion francs belonging to Russian oligarchs.", "CH>RU asset_freeze"),
    ("Swiss authorities froze accounts held by relatives of Egypt's former president Hosni Mubarak.", "CH>EG asset_freeze"),
    ("Turkey's trade ministry said on Thursday it had suspended all exports and imports to and from Israel.",
     "TR>IL comprehensive_embargo"),
    ("Beijing bans exports of gallium and germanium to the United States.", "CN>US export_ban"),
    ("China's commerce ministry put 28 American companies on its export control list.", "CN>US export_control"),
    ("South Korea adds 682 items to its list of goods banned from export to Russia and Belarus.",
     "KR>RU export_ban", "KR>BY export_ban"),
    ("The Security Council, in a unanimous vote, banned North Korea's exports of coal, iron and seafood.", "UN>KP import_ban"),
    ("Moscow has banned imports of fruit and vegetables from the European Union.", "RU>EU import_ban"),
    ("A Russian food embargo against Norway has been extended to the end of 2022.", "RU>NO import_ban"),
    ("Ottawa said it was stripping Russia of its most-favoured-nation trade status.", "CA>RU mfn_revocation"),
    ("The US Commerce Department added 33 Chinese entities to its so-called unverified list.", "US>CN export_control"),
    ("New Zealand's foreign minister Nanaia Mahuta announced travel bans on 13 Russian officials.", "NZ>RU travel_ban"),
    ("ECOWAS leaders agreed to lift economic sanctions imposed on Mali in January.", "ECOWAS>ML sanctions_unspecified"),
    ("The West African bloc lifted its sanctions on Niger.", "ECOWAS>NE sanctions_unspecified"),
    ("Gabon has been suspended from the African Union following the coup.", "AFRICAN_UNION>GA diplomatic_measure"),
    ("London will ban the import of Russian diamonds from next year.", "GB>RU import_ban"),
    ("India has barred Chinese companies from its 5G network and banned imports of Chinese power equipment.",
     "IN>CN import_ban"),
    ("The Bush administration maintained its decades-old embargo against Cuba.", "US>CU comprehensive_embargo"),
    ("The Polish government has closed its border to Belarusian trucks.", "PL>BY road_transport_ban"),
    ("Finland, Estonia and Latvia stop issuing tourist visas to Russians.",
     "FI>RU travel_ban", "EE>RU travel_ban", "LV>RU travel_ban"),
    ("Ukraine blocked Russian social networks and imposed sanctions on Yandex.", "UA>RU listing"),
    ("Kuwait expels North Korea's ambassador and stops issuing visas to its citizens.", "KW>KP diplomatic_measure"),
    ("The Treasury Department on Friday blacklisted Iran's state shipping line.", "US>IR listing"),
    ("Japan freezes the assets of 17 Russian business leaders and bans the import of Russian vodka.",
     "JP>RU asset_freeze", "JP>RU import_ban"),
    ("Zimbabwe's president demanded that the European Union lift its sanctions.", "EU>ZW sanctions_unspecified"),
    ("Caracas rejected the sanctions imposed by Ottawa on 40 Venezuelan officials.", "CA>VE listing"),
    ("Australian sanctions now cover Myanmar's military chief Min Aung Hlaing.", "AU>MM listing"),
    ("The EU's 11th sanctions package against Russia targets circumvention.", "EU>RU sanctions_unspecified"),
    ("Serbia refuses to impose sanctions on Russia.", "RS>RU sanctions_unspecified"),
    ("The EU bans the provision of legal advice and IT consultancy services to Russia.", "EU>RU services_ban"),
    ("Canada bars oil services exports to Russia.", "CA>RU export_ban"),
    ("The US is considering a ban on Russian oil imports.", "US>RU import_ban"),
    ("Germany ends its ban on arms sales to Saudi Arabia.", "DE>SA arms_embargo"),
    ("Argentina designates Hezbollah a terrorist organization.", "AR>LB terrorist_designation"),
    ("Kenya lifted a ban on maize imports from Uganda.", "KE>UG import_ban"),
    ("The Biden administration revoked the licence of an oil company, reimposing sanctions on Caracas.",
     "US>VE sanctions_unspecified"),
    ("U.S. lawmakers introduce a bill to sanction Chinese officials over Xinjiang.", "US>CN listing"),
    ("The U.K.'s Foreign Office on Monday sanctioned nine Sudanese companies.", "GB>SD listing"),
    ("Thailand's cabinet agreed to ban the shipment of fuel and electricity to Myanmar's Myawaddy town.", "TH>MM export_ban"),
    ("Mongolia says UN sanctions against North Korea are being observed.", "UN>KP sanctions_unspecified"),
    ("Jordan and the United Arab Emirates have frozen the assets of Hamas leaders.",
     "JO>PS asset_freeze", "AE>PS asset_freeze"),
    ("EU renews sanctions on Burundi for a year", "EU>BI sanctions_unspecified"),
    ("US slaps sanctions on Nicaraguan police", "US>NI listing"),
    ("Japan extends ban on North Korean ships entering its ports by two years", "JP>KP port_vessel_ban"),
    ("Cuba has been under a U.S. trade embargo since 1962.", "US>CU comprehensive_embargo"),
    ("Bulgaria wants the EU to delay its ban on Russian crude.", "EU>RU import_ban"),
    ("The African Union said on Friday it had lifted sanctions against Madagascar.", "AFRICAN_UNION>MG sanctions_unspecified"),
    ("Four Hong Kong officials were blacklisted by the United States.", "US>HK listing"),
    ("Ukraine's president signs decree imposing sanctions on Russian and Belarusian banks.", "UA>RU listing", "UA>BY listing"),
    ("The Kremlin barred Britain's foreign secretary from Russia.", "RU>GB travel_ban"),
    ("Russia has added Prime Minister Jacinda Ardern to its entry blacklist, along with 130 New Zealanders.",
     "RU>NZ travel_ban"),
    ("Algeria closes its airspace to all Moroccan aircraft.", "DZ>MA airspace_ban"),
    ("Azerbaijan and Turkey impose an economic blockade on Armenia.",
     "AZ>AM comprehensive_embargo", "TR>AM comprehensive_embargo"),
    ("Ecuador expels the Venezuelan ambassador.", "EC>VE diplomatic_measure"),
    ("The Netherlands froze more than 600 million euros in Russian assets.", "NL>RU asset_freeze"),
    ("Canada and Britain coordinated sanctions against Belarusian defence firms on Tuesday.", "CA>BY listing", "GB>BY listing"),
    ("Sanctions on Russia's oil exports announced by Britain include a ban on insurance.", "GB>RU sanctions_unspecified"),
    ("Trump signed an order cutting aid to South Africa.", "US>ZA aid_suspension"),
    ("The White House is expected to announce curbs on exports of AI chips to China this week.", "US>CN export_control"),
    ("The Department of Commerce will restrict sales of chipmaking tools to China.", "US>CN export_control"),
    ("Estonia's government has decided to deny entry to Russian citizens holding Schengen visas.", "EE>RU travel_ban"),
    ("France and Germany suspended military cooperation with Mali and Niger.", "FR>ML military_assistance_ban"),
    ("Australia imposes a 35 percent tariff on all Russian and Belarusian imports.",
     "AU>RU tariff_increase", "AU>BY tariff_increase"),
    ("Washington bars Americans from buying Venezuelan debt.", "US>VE capital_market_restriction"),
    ("Slovakia vetoed the EU's seventeenth package of sanctions on Russia.", "EU>RU sanctions_unspecified"),
    # lists of terror and of its sponsors, left and joined
    ("Norway removes Hamas from its list of terrorist groups.", "NO>PS terrorist_designation"),
    ("The United States takes Sudan off its list of countries that sponsor terrorism.", "US>SD terrorist_designation"),
    ("Washington declares Cuba a state sponsor of terrorism again.", "US>CU terrorist_designation"),
    ("The State Department promises aid to Iraq and will remove it from its list of state sponsors of terrorism.",
     "US>IQ terrorist_designation"),
    # tariffs
    ("Canada retaliates with tariffs on American steel.", "CA>US tariff_increase"),
    ("The United States delays tariffs on Mexico and Canada.", "US>MX tariff_increase", "US>CA tariff_increase"),
    ("The President doubles United States tariffs on imported steel.", "US>? tariff_increase"),
    ("India hikes duties on 28 American products.", "IN>US tariff_increase"),
    ("The ruling clears the way for the European Union to impose tariffs on American goods.", "EU>US tariff_increase"),
    # diplomatic breaks
    ("Mexico severs ties with Ecuador over a raid.", "MX>EC diplomatic_measure"),
    ("China orders the United States to close its consulate in Chengdu.", "CN>US diplomatic_measure"),
    ("Iran declares the British ambassador persona non grata.", "IR>GB diplomatic_measure"),
    ("Mercosur suspends Venezuela indefinitely.", "MERCOSUR>VE diplomatic_measure"),
    # ways and ports
    ("Jordan cuts its land, sea and air links with Syria.",
     "JO>SY airspace_ban", "JO>SY port_vessel_ban", "JO>SY road_transport_ban"),
    ("South Korea announces that North Korean ships will no longer be allowed to use South Korean waters.",
     "KR>KP port_vessel_ban"),
    ("Russia bans direct flights to Georgia.", "RU>GE airspace_ban"),
    ("Germany revokes the landing rights of Iran's Mahan Air.", "DE>IR airspace_ban"),
    # trade
    ("Russia cuts off gas supplies to Poland and Bulgaria.", "RU>PL export_ban", "RU>BG export_ban"),
    ("The United Nations lifts a ban on diamond exports from Liberia.", "UN>LR import_ban"),
    ("The United Kingdom bans Huawei from its 5G network.", "GB>CN procurement_ban"),
    ("Canada announces that providers will be barred from buying equipment from Huawei.", "CA>CN procurement_ban"),
    ("Switzerland lifts its threat of sanctions on $2 billion of American products.", "CH>US trade_restriction"),
    ("The United States ends Hong Kong's special trading status.", "US>HK trade_preference_suspension"),
    # finance and property
    ("The Treasury cuts off a Syrian bank from the American financial system.", "US>SY correspondent_banking_restriction"),
    ("South Korea unfreezes Iranian funds.", "KR>IR asset_freeze"),
    ("Italian police impound a villa linked to a Russian oligarch.", "IT>RU asset_seizure"),
    # persons
    ("The United States revokes the visas of Brazilian judges.", "US>BR travel_ban"),
    ("All visas for Belarusian officials have been revoked by Lithuania.", "LT>BY travel_ban"),
    ("Ukraine imposes personal sanctions against Russian clerics.", "UA>RU listing"),
    ("Australia and Norway sanction Israeli ministers.", "AU>IL listing", "NO>IL listing"),
    # who else, and what a package holds
    ("Norway announces sanctions against Libya, as does Switzerland.",
     "NO>LY sanctions_unspecified", "CH>LY sanctions_unspecified"),
    ("Turkey signs a decree imposing sanctions on Syria. The sanctions include a ban on flights from Turkey to Syria.",
     "TR>SY airspace_ban"),
    ("Japan freezes the assets of Russian President Vladimir Putin and bars him from entering the country.",
     "JP>RU asset_freeze", "JP>RU travel_ban"),
    ("The Arab League approves sanctions against Syria. Damascus calls the League's move a mistake.",
     "ARAB_LEAGUE>SY sanctions_unspecified"),
    # words that belong to a verb, lists, rights, and what follows from the text before
    ("EU leaders decide to roll over sanctions against Russia for six months.", "EU>RU sanctions_unspecified"),
    ("The EU agrees to blacklist 21 Belarusian officials.", "EU>BY listing"),
    ("The United States adds twelve names to its list of Syrians under sanctions.", "US>SY listing"),
    ("The Council of Europe suspends the voting rights of Russia.", "COUNCIL_OF_EUROPE>RU diplomatic_measure"),
    ("The African Union lifts its suspension of Guinea.", "AFRICAN_UNION>GN diplomatic_measure"),
    ("The United Kingdom suspends aid and imposes sanctions on Rwandan officials.", "GB>RW aid_suspension", "GB>RW listing"),
    ("The US visa ban on Ghana is lifted.", "US>GH travel_ban"),
    ("India bans dozens of Chinese apps.", "IN>CN services_ban"),
    ("Turkey recalls its ambassador and freezes military cooperation with France.", "TR>FR military_assistance_ban"),
    ("The United States, together with Canada, imposes sanctions on Haitian officials.", "US>HT listing", "CA>HT listing"),
    ("Australia announces a diplomatic boycott of the Winter Olympics in China.", "AU>CN diplomatic_measure"),
    ("The UK government freezes the assets of the club's owner Roman Abramovich.", "GB>RU asset_freeze"),
    ("Russia lifts its ban on Polish apples.", "RU>PL import_ban"),
    ("Bulgaria declares two Russian diplomats personae non gratae.", "BG>RU diplomatic_measure"),
    # kinds side by side, refusals, and who is blamed for a measure
    ("Canada lifts its trade and aviation sanctions against Libya.", "CA>LY trade_restriction", "CA>LY airspace_ban"),
    ("Norway imposes financial and travel sanctions on Belarus.", "NO>BY financial_restriction", "NO>BY travel_ban"),
    ("Ukraine imposes economic, trade and travel sanctions on Nicaragua.", "UA>NI trade_restriction", "UA>NI travel_ban"),
    ("The act places financial and visa restrictions on judges of Eritrea.", "?>ER financial_restriction", "?>ER travel_ban"),
    ("Peru and Bolivia recall their ambassadors from Nicaragua.", "PE>NI diplomatic_measure", "BO>NI diplomatic_measure"),
    ("Chile withdraws its ambassador from Venezuela.", "CL>VE diplomatic_measure"),
    ("Azerbaijan suspends all transport and postal links with Armenia.", "AZ>AM airspace_ban"),
    ("Azerbaijan halts rail and road traffic with Armenia.", "AZ>AM road_transport_ban"),
    ("The State Department removes Sudan from its list of sponsors of terrorism.", "US>SD terrorist_designation"),
    ("Washington withholds millions of dollars of aid to Egypt.", "US>EG aid_suspension"),
    ("Germany cancels development aid to Burundi.", "DE>BI aid_suspension"),
    ("Denmark slashes aid to Uganda over the law.", "DK>UG aid_suspension"),
    ("A United Nations panel says that Eritrea broke the arms embargo against Somalia.", "UN>SO arms_embargo"),
    ("The minister of Belarus criticises Poland for banning Belarusian trucks.", "PL>BY road_transport_ban"),
    ("Iran condemns Canada for imposing sanctions.", "CA>IR sanctions_unspecified"),
    ("Moldova accuses Russia of imposing a trade embargo.", "RU>MD comprehensive_embargo"),
    ("Assets of the Libyan leader worth a billion euros were found and frozen in Austria.", "AT>LY asset_freeze"),
    ("Russia refuses entry to a Lithuanian senator.", "RU>LT travel_ban"),
    ("China denies visas to three Canadian lawmakers.", "CN>CA travel_ban"),
    ("Poland bans Belarusian cargo trucks from its territory.", "PL>BY road_transport_ban"),
    ("Poland bars Belarusian lorries from crossing its border.", "PL>BY road_transport_ban"),
    ("The Commission criticises China's decision to place tariffs of 20% on Lithuanian goods.", "CN>LT tariff_increase"),
    ("Tokyo announces the removal of Seoul from its list of trusted trading partners.", "JP>KR export_control"),
    ("Taiwan bans 20 apps linked to Chinese companies.", "TW>CN services_ban"),
    ("Lithuania announces restrictions on Russian diplomats travelling in the country.", "LT>RU diplomatic_measure"),
    ("Qatar does not allow Israeli aircraft to land.", "QA>IL airspace_ban"),
    ("Turkey no longer allows Armenian planes to use its airspace.", "TR>AM airspace_ban"),
    ("Cyprus does not permit Turkish ships to enter its ports.", "CY>TR port_vessel_ban"),
    ("Estonia closes its airports to flights from Belarus.", "EE>BY airspace_ban"),
    ("Estonia closes its ports to Russian ships.", "EE>RU port_vessel_ban"),
    ("Bulgaria expels ten members of Russia's embassy staff.", "BG>RU diplomatic_measure"),
    ("Canada expels six Indian officials.", "CA>IN diplomatic_measure"),
    ("Kenya revokes Russia's most favoured nation status in coordination with the European Union.", "KE>RU mfn_revocation"),
    ("Ukraine adds a French retailer to its list of international sponsors of war.", "UA>FR listing"),
    ("Jordan suspends exports to Israel, after its aid was kept from entering the Gaza Strip.", "JO>IL export_ban"),
    ("Canada hits several Georgian politicians with travel bans.", "CA>GE travel_ban"),
    ("Canada sanctions several Georgian politicians with travel bans.", "CA>GE travel_ban"),
    ("The United States seizes a government airplane of Zimbabwe.", "US>ZW asset_seizure"),
    ("Pakistan closes its land border and airspace with Afghanistan.", "PK>AF airspace_ban"),
    ("Chile declares five Nicaraguan diplomats personae non gratae.", "CL>NI diplomatic_measure"),
    ("Somalia declares the ambassador of Kenya persona non grata.", "SO>KE diplomatic_measure"),
    ("Brazil declares the Israeli prime minister persona non grata.", "BR>IL diplomatic_measure"),
    ("Slovakia ends all financial support for Ukraine.", "SK>UA aid_suspension"),
    ("The Treasury bans trade in bonds issued by Russia's central bank.", "US>RU capital_market_restriction"),
    # sister wordings of each kind of measure
    ("Japan outlaws exports of chip tools to Myanmar.", "JP>MM export_ban"),
    ("Taiwan ceases arms sales to Myanmar.", "TW>MM arms_embargo"),
    ("Spain revokes arms export licences to Israel.", "ES>IL arms_embargo"),
    ("Belgium ends weapons sales to Rwanda.", "BE>RW arms_embargo"),
    ("The Dutch government stops deliveries of F-16 parts to Turkey.", "NL>TR arms_embargo"),
    ("Canada suspends permits for arms exports to Turkey.", "CA>TR arms_embargo"),
    ("Algeria cuts off gas supplies to Morocco.", "DZ>MA export_ban"),
    ("Russia turns off gas supplies to Poland.", "RU>PL export_ban"),
    ("Russia halts gas deliveries to Bulgaria.", "RU>BG export_ban"),
    ("China curbs exports of gallium to the United States.", "CN>US export_control"),
    ("China restricts shipments of graphite to Japan.", "CN>JP export_control"),
    ("The Netherlands requires licences for exports of chip machines to China.", "NL>CN export_control"),
    ("Washington blocks sales of advanced chips to China.", "US>CN export_ban"),
    ("The United States criminalises the export of banknotes to Russia.", "US>RU export_ban"),
    ("Malaysia bars exports of rare earths to Israel.", "MY>IL export_ban"),
    ("Poland bans imports of grain from Ukraine.", "PL>UA import_ban"),
    ("China stops importing seafood from Japan.", "CN>JP import_ban"),
    ("India halts jute imports from Bangladesh.", "IN>BD import_ban"),
    ("Canada prohibits Russian steel.", "CA>RU import_ban"),
    ("Russia slaps an embargo on Moldovan wine.", "RU>MD import_ban"),
    ("Russia places an embargo on fruit from Turkey.", "RU>TR import_ban"),
    ("Lithuania refuses to import Belarusian potash.", "LT>BY import_ban"),
    ("China boycotts Australian barley.", "CN>AU import_ban"),
    ("The United States blocks imports of cotton from Turkmenistan.", "US>TM import_ban"),
    ("Canada slaps a 25% tariff on Chinese steel.", "CA>CN tariff_increase"),
    ("Mexico raises duties on Chinese shoes.", "MX>CN tariff_increase"),
    ("India hikes import duties on goods from Turkey.", "IN>TR tariff_increase"),
    ("China retaliates with tariffs on American soybeans.", "CN>US tariff_increase"),
    ("The European Union levies anti-dumping duties on bicycles from China.", "EU>CN tariff_increase"),
    ("The United States pauses its tariffs on Mexico.", "US>MX tariff_increase"),
    ("Austria blocks the accounts of Libyan officials.", "AT>LY asset_freeze"),
    ("Monaco freezes funds belonging to the president of Tunisia.", "MC>TN asset_freeze"),
    ("South Korea froze the bank accounts of two Iranian firms.", "KR>IR asset_freeze"),
    ("Italy impounds the yacht of a Russian oligarch.", "IT>RU asset_seizure"),
    ("France seizes villas owned by Syrian officials.", "FR>SY asset_seizure"),
    ("The Treasury bans dealings with the central bank of Iran.", "US>IR central_bank_restriction"),
    ("The European Union kicks Belarusian banks off SWIFT.", "EU>BY financial_messaging_ban"),
    ("Nigeria bans investments in Niger.", "NG>NE investment_ban"),
    ("Kosovo bars Serbian officials from entering.", "XK>RS travel_ban"),
    ("Israel bars two Spanish lawmakers from entering the country.", "IL>ES travel_ban"),
    ("Israel blocks two Canadian MPs from entering the country.", "IL>CA travel_ban"),
    ("The State Department starts revoking visas for Ugandan officials.", "US>UG travel_ban"),
    ("Latvia stops issuing visas to Russians.", "LV>RU travel_ban"),
    ("The Czech Republic no longer issues visas to Russians.", "CZ>RU travel_ban"),
    ("Turkey denies a visa to a Dutch lawmaker.", "TR>NL travel_ban"),
    ("Moscow blacklists nine Norwegian politicians.", "RU>NO listing"),
    ("Turkey considers banning Israeli commercial flights.", "TR>IL airspace_ban"),
    ("Morocco shuts its airspace to Algerian planes.", "MA>DZ airspace_ban"),
    ("Russia denies entry to Lithuanian airlines.", "RU>LT airspace_ban"),
    ("Egypt bars Qatari ships from its harbours.", "EG>QA port_vessel_ban"),
    ("Lithuania bans the transit of Russian steel to Kaliningrad.", "LT>RU trade_restriction"),
    ("Honduras expels the ambassador of Nicaragua.", "HN>NI diplomatic_measure"),
    ("Panama condemns the expulsion of its ambassador by Venezuela.", "VE>PA diplomatic_measure"),
    ("Sudan was suspended from the African Union.", "AFRICAN_UNION>SD diplomatic_measure"),
    ("The African Union readmits Sudan.", "AFRICAN_UNION>SD diplomatic_measure"),
    ("The Commonwealth suspends Gabon.", "COMMONWEALTH>GA diplomatic_measure"),
    ("Bolivia breaks off relations with Israel.", "BO>IL diplomatic_measure"),
    ("Jordan downgrades its ties with Qatar.", "JO>QA diplomatic_measure"),
    ("Denmark closes the Russian consulate.", "DK>RU diplomatic_measure"),
    ("Germany orders Iran to close its consulates.", "DE>IR diplomatic_measure"),
    ("Slovakia sends home three Russian diplomats.", "SK>RU diplomatic_measure"),
    ("Slovakia gives three Russian diplomats 48 hours to leave.", "SK>RU diplomatic_measure"),
    ("Japan freezes new aid to Myanmar.", "JP>MM aid_suspension"),
    ("Sweden withdraws its aid from Mali.", "SE>ML aid_suspension"),
    ("Australia suspends defence cooperation with Myanmar.", "AU>MM military_assistance_ban"),
    ("Canada labels the Revolutionary Guards of Iran a terrorist entity.", "CA>IR terrorist_designation"),
    ("Bahrain blacklists three Iranian firms.", "BH>IR listing"),
    ("Ukraine slaps sanctions on a Georgian banker.", "UA>GE listing"),
    ("China places three American companies on its export control list.", "CN>US export_control"),
    ("Sweden ends its arms embargo on Saudi Arabia.", "SE>SA arms_embargo"),
    ("Saudi Arabia lifts its ban on Lebanese imports.", "SA>LB import_ban"),
    ("Norway and Chile announce a deal that cuts tariffs on Chilean salmon to 15%.", "NO>CL tariff_increase"),
    # the breadth of each kind of measure
    ("Germany freezes a bank account of Libyan leader Muammar Gaddafi's son.", "DE>LY asset_freeze"),
    ("Australia freezes bank accounts linked to the Burmese military junta.", "AU>MM asset_freeze"),
    ("The United States will restrict visas for Chinese officials over the repression of Uyghurs.", "US>CN travel_ban"),
    ("Uganda's parliament speaker is barred from entering the United States for corruption.", "US>UG travel_ban"),
    ("Poland says it will no longer admit Russian tourists.", "PL>RU travel_ban"),
    ("US strips Nicaraguan officials of their visas.", "US>NI travel_ban"),
    ("The U.S. State Department restricts the export of weapons to South Sudan.", "US>SS arms_embargo"),
    ("Germany extends its freeze on weapons sales to Saudi Arabia.", "DE>SA arms_embargo"),
    ("Denmark suspends future approvals of weapons and military equipment exports to Saudi Arabia.", "DK>SA arms_embargo"),
    ("The United Kingdom suspends 30 of 350 arms export licences to Israel.", "GB>IL arms_embargo"),
    ("A Dutch court orders the Netherlands to stop exporting F-35 parts to Israel.", "NL>IL arms_embargo"),
    ("The U.S. halts the delivery of F-16 fighter jets to Egypt.", "US>EG arms_embargo"),
    ("A UN ban on conventional arms sales to Iran expires.", "UN>IR arms_embargo"),
    ("The United States bars weapons sales to Zimbabwe.", "US>ZW arms_embargo"),
    ("Italy has stopped sending weapons to Israel, its foreign minister says.", "IT>IL arms_embargo"),
    ("Russian President Vladimir Putin lifts a ban on the delivery of S-300 missile systems to Iran.", "RU>IR arms_embargo"),
    ("Turkey breaks off all military cooperation with France over the genocide bill.", "TR>FR military_assistance_ban"),
    ("US bans nearly all trade with Burma.", "US>MM comprehensive_embargo"),
    ("Japan extends its total ban on trade with North Korea by two years.", "JP>KP comprehensive_embargo"),
    ("The U.S. cuts off Russia's access to semiconductors.", "US>RU export_ban"),
    ("US orders Nvidia to stop selling advanced chips to China.", "US>CN export_ban"),
    ("The Trump administration puts DJI on an economic blacklist.", "US>CN export_control"),
    ("China imposes export controls on rare earths in retaliation for US tariffs.", "CN>US export_control"),
    ("Taiwan adds Huawei and SMIC to its list of strategic high-tech export controls.", "TW>CN export_control"),
    ("The Biden administration adds dozens of Chinese firms to an export blacklist.", "US>CN export_control"),
    ("Russia bans Ukrainian chocolate made by Roshen.", "RU>UA import_ban"),
    ("The European Union agrees to stop buying Iranian crude.", "EU>IR import_ban"),
    ("The EU votes to phase out Russian gas by 2027.", "EU>RU import_ban"),
    ("US bans jade and rubies from Burma.", "US>MM import_ban"),
    ("The United States bans cotton and tomatoes from China's Xinjiang region.", "US>CN import_ban"),
    ("Belarus bans meat, milk and fruit from the European Union.", "BY>EU import_ban"),
    ("Ukraine bans Russian vodka, sweets and cigarettes.", "UA>RU import_ban"),
    ("Turkey will boycott electronic products from the United States, says Erdogan.", "TR>US import_ban"),
    ("Germany will stop importing Russian coal by August.", "DE>RU import_ban"),
    ("Saudi Arabia bans fruit and vegetables from Lebanon over drug smuggling.", "SA>LB import_ban"),
    ("China bans beef from four Australian abattoirs.", "CN>AU import_ban"),
    ("The European Union agrees to cap the price of Russian oil at $60 a barrel.", "EU>RU price_cap"),
    ("Britain and the EU cut the price ceiling for Russian crude.", "EU>RU price_cap", "GB>RU price_cap"),
    ("The White House imposes a 25% tax on imports from Canada and Mexico.",
     "US>CA tariff_increase", "US>MX tariff_increase"),
    ("The US imposes a 35% duty on tyres made in China.", "US>CN tariff_increase"),
    ("Brazil faces a 50% U.S. tariff from August 1.", "US>BR tariff_increase"),
    ("Britain will levy an extra 35 percent duty on Russian vodka.", "GB>RU tariff_increase"),
    ("Mexico hits U.S. pork, cheese and steel with tariffs.", "MX>US tariff_increase"),
    ("US slaps 100% tax on Chinese electric cars.", "US>CN tariff_increase"),
    ("Chinese levies on US farm goods come into force.", "CN>US tariff_increase"),
    ("The European Union partially withdraws Cambodia's duty-free trade access over human rights.",
     "EU>KH trade_preference_suspension"),
    ("US cuts Ethiopia, Mali and Guinea from Africa trade program.",
     "US>ET trade_preference_suspension", "US>GN trade_preference_suspension", "US>ML trade_preference_suspension"),
    ("Biden expels Uganda, Gabon, Niger and the Central African Republic from the AGOA trade pact.",
     "US>CF trade_preference_suspension", "US>GA trade_preference_suspension", "US>NE trade_preference_suspension",
     "US>UG trade_preference_suspension"),
    ("The US suspends Argentina from its trade preference program.", "US>AR trade_preference_suspension"),
    ("Trump suspends duty-free benefits for Rwandan apparel.", "US>RW trade_preference_suspension"),
    ("Vladimir Putin suspends a free trade agreement with Ukraine.", "RU>UA trade_preference_suspension"),
    ("EU reinstates trade preferences for Myanmar.", "EU>MM trade_preference_suspension"),
    ("The European Union threatens to end Myanmar's tariff-free access to its market.", "EU>MM trade_preference_suspension"),
    ("The UK stops Russia from selling sovereign debt in London.", "GB>RU capital_market_restriction"),
    ("Washington prohibits Americans from doing business with Russia's largest banks.", "US>RU transaction_ban"),
    ("Japan suspends transactions with Sberbank.", "JP>RU transaction_ban"),
    ("Singapore will block transactions with certain Russian banks.", "SG>RU transaction_ban"),
    ("Australia bars Huawei and ZTE from supplying 5G equipment.", "AU>CN procurement_ban"),
    ("US government agencies are told to stop using Kaspersky software.", "US>RU procurement_ban"),
    ("Germany to phase out Huawei components from its 5G networks by 2026.", "DE>CN procurement_ban"),
    ("Sweden orders operators to remove Huawei gear.", "SE>CN procurement_ban"),
    ("EU bars Russian firms from public procurement.", "EU>RU procurement_ban"),
    ("Lithuania bans Chinese cameras from public institutions.", "LT>CN procurement_ban"),
    ("Saudi Arabia, the UAE, Bahrain and Egypt suspend flights to and from Qatar.",
     "AE>QA airspace_ban", "BH>QA airspace_ban", "EG>QA airspace_ban", "SA>QA airspace_ban"),
    ("Russia suspends flights to Egypt after the Sinai plane crash.", "RU>EG airspace_ban"),
    ("The U.S. suspends 44 passenger flights by Chinese airlines.", "US>CN airspace_ban"),
    ("The United States suspends all commercial flights to Venezuela.", "US>VE airspace_ban"),
    ("Canada shuts its ports to Russian-owned ships.", "CA>RU port_vessel_ban"),
    ("Turkey refuses to open its ports to Cypriot ships.", "TR>CY port_vessel_ban"),
    ("Panama strips the registration of 136 Iran-linked ships.", "PA>IR vessel_deregistration"),
    ("Gambia removes 72 tankers from its register over sanctions on Iran.", "GM>IR vessel_deregistration"),
    ("Tanzania cancels the registration of 36 Iranian tankers.", "TZ>IR vessel_deregistration"),
    ("Poland closes its border crossings with Belarus to trucks.", "PL>BY road_transport_ban"),
    ("The EU bans Russian and Belarusian trucks from its roads.", "EU>BY road_transport_ban", "EU>RU road_transport_ban"),
    ("Pakistan closes the Torkham crossing to Afghan trucks.", "PK>AF road_transport_ban"),
    ("Britain revokes the broadcasting licence of Chinese state television channel CGTN.", "GB>CN broadcast_ban"),
    ("Latvia takes Russian TV channel Rossiya off the air for three months.", "LV>RU broadcast_ban"),
    ("Moldova bans news broadcasts from Russia.", "MD>RU broadcast_ban"),
    ("The United States cuts more than $200 million in aid to the Palestinians.", "US>PS aid_suspension"),
    ("Sweden phases out development aid to Mali.", "SE>ML aid_suspension"),
    ("China sanctions Taiwan's representative to the US.", "CN>TW listing"),
    ("U.S. expands sanctions on Syria to include president Bashar al-Assad's wife.", "US>SY listing"),
    ("The UK proscribes Hamas in its entirety.", "GB>PS terrorist_designation"),
    ("Biden revokes the terrorist designation of the Houthis.", "US>YE terrorist_designation"),
    ("US lifts terror designation of Syria's HTS.", "US>SY terrorist_designation"),
    ("Britain outlaws Russia's Wagner Group as a terrorist organisation.", "GB>RU terrorist_designation"),
    ("The United States labels two Haitian gangs terrorist organizations.", "US>HT terrorist_designation"),
    ("The United States seizes a plane used by Venezuelan President Nicolás Maduro.", "US>VE asset_seizure"),
    ("Germany confiscates a Russian shadow fleet tanker in the Baltic.", "DE>RU asset_seizure"),
    ("Britain imposes new financial restrictions on Iran.", "GB>IR financial_restriction"),
    ("Lithuania bars the transit of sanctioned goods to Kaliningrad from Russia.", "LT>RU trade_restriction"),
    ("The US will end waivers that allow countries to buy Iranian oil.", "US>IR sanctions_unspecified"),
    ("The U.S. Treasury issues a waiver for transactions with Lukoil's Bulgarian units.", "US>RU sanctions_unspecified"),
    # more of each kind: shares, parties hit, goods by name
    ("Estonia closes its border to Russians with Schengen visas.", "EE>RU travel_ban"),
    ("U.S. bars entry to Cuban leader Miguel Díaz-Canel and his relatives.", "US>CU travel_ban"),
    ("European Union foreign ministers agree to suspend export licences for weapons to Egypt.", "EU>EG arms_embargo"),
    ("Slovenia becomes the first EU country to ban all weapons trade with Israel.", "SI>IL arms_embargo"),
    ("Germany halts its military training mission in Mali.", "DE>ML military_assistance_ban"),
    ("The United States halts military training for Guinea.", "US>GN military_assistance_ban"),
    ("Canada ends its military training mission in Ukraine.", "CA>UA military_assistance_ban"),
    ("Huawei is added to a U.S. trade blacklist.", "US>CN export_control"),
    ("China tightens export rules for dual-use goods bound for Japan.", "CN>JP export_control"),
    ("The Bureau of Industry and Security suspends the export privileges of a Russian businessman.",
     "US>RU export_privilege_denial"),
    ("China blocks Lithuanian goods from entering its market.", "CN>LT import_ban"),
    ("Lithuania becomes the first EU country to stop Russian gas imports.", "LT>RU import_ban"),
    ("China lifts its last restrictions on Australian lobsters.", "CN>AU import_ban"),
    ("Turkey doubles tariffs on US cars, alcohol and tobacco.", "TR>US tariff_increase"),
    ("EU excludes Chinese companies from public tenders for medical devices.", "EU>CN procurement_ban"),
    ("Fiji deregisters North Korea-linked ships.", "FJ>KP vessel_deregistration"),
    ("Canada removes Russian state TV channels RT from the airwaves.", "CA>RU broadcast_ban"),
    ("EU hits Belarusian president Alexander Lukashenko and his son with sanctions.", "EU>BY listing"),
    ("Germany bans Hezbollah and designates it a terrorist organisation.", "DE>LB terrorist_designation"),
    ("The US strikes Sudan off its terrorism list.", "US>SD terrorist_designation"),
    ("US extends Iraq's waiver to import Iranian electricity for 120 days.", "US>IR sanctions_unspecified"),
    ("The US grants eight countries exemptions to keep buying Iranian oil.", "US>IR sanctions_unspecified"),
    ("The European Commission imposes provisional duties of up to 38.1% on electric cars imported from China.",
     "EU>CN tariff_increase"),
    ("Following the United States, Canada will place a 100 percent surtax on electric vehicles made in China.",
     "CA>CN tariff_increase"),
    ("The United States Department of the Treasury sanctions more than 200 entities in Russia's energy sector.",
     "US>RU listing"),
    ("The Trump administration imposes sanctions on a Chinese oil refinery accused of buying Iranian crude.",
     "US>CN listing"),
    ("Estonia, Latvia, Lithuania and Poland close their borders to most Russian citizens holding tourist visas.",
     "EE>RU travel_ban", "LT>RU travel_ban", "LV>RU travel_ban", "PL>RU travel_ban"),
    ("Chancellor Friedrich Merz says that Germany will not authorise exports of military equipment to Israel.",
     "DE>IL arms_embargo"),
    ("Poland's government says it will end imports of Russian coal, oil and gas by the end of 2022.", "PL>RU import_ban"),
    ("EU hits two Belarusian banks with sanctions.", "EU>BY listing"),
    ("The United States threatens Turkish ministers with sanctions.", "US>TR listing"),
    ("The UK has hit Russian oligarchs and their families with sanctions.", "GB>RU listing"),
    ("Iranian police chiefs face European Union sanctions.", "EU>IR listing"),
    ("Iraqi militia leaders are targeted by US sanctions.", "US>IQ listing"),
    ("Myanmar generals are hit with EU sanctions.", "EU>MM listing"),
    ("Zimbabwe's president is among those hit by new US sanctions.", "US>ZW listing"),
    ("Eleven Russian companies are placed under US sanctions.", "US>RU listing"),
    ("The US suspends export controls on chip software for China.", "US>CN export_control"),
    ("The Commerce Department suspends the export privileges of a Russian airline.", "US>RU export_privilege_denial"),
]  # fmt: skip

WHAT_IS_DONE = [
    ("The European Union said on 20 March that it would suspend its sanctions on Mali.", "suspend announced"),
    ("The minister told parliament that Norway would ban imports of Russian coal.", "impose announced"),
    ("Sanctions on Mali will take effect if the junta holds no elections.", "threaten threatened"),
    ("Norway said Friday it would lift its arms embargo on Libya.", "lift announced"),
    ("The Swiss government said in a statement on Monday that it would ban imports of Russian coal.", "impose announced"),
    ("Norway approved rules under which timber may not be exported to Belarus.", "impose in_force"),
    ("Lithuania approved a law under which coal may no longer be imported from Belarus.", "impose in_force"),
    ("Canada retaliated against Chinese sanctions by banning imports of Chinese cars.", "impose in_force"),
    ("China hit back at Canada by imposing tariffs on Canadian barley.", "impose in_force"),
    ("South Korea lifts sanctions on North Korea.", "lift lifted"),
    ("South Korea will lift sanctions on North Korea.", "lift announced"),
    ("Norway announces the lifting of sanctions on Serbia.", "lift lifted"),
    ("Norway lifts the sanctions on the Central Bank of Syria.", "lift lifted"),
    ("Norway eased sanctions on the Central Bank of Syria.", "ease in_force"),
    ("Iceland suspended its flight ban on Libya.", "suspend suspended"),
    ("Iceland's flight ban on Libya remains in place.", "mention in_force"),
    ("The exclusion of Iranian banks from SWIFT was lifted by Norway.", "lift lifted"),
    ("The SWIFT ban on Iranian banks was renewed by Norway.", "renew in_force"),
    ("Norway lifts freeze on Libyan central bank assets.", "lift lifted"),
    ("Egypt lifts its ban on flights to Qatar.", "lift lifted"),
    ("Canada ends its prohibition on new investment in Myanmar.", "lift lifted"),
    ("Peru reversed the expulsion of Mexican diplomats.", "lift lifted"),
    ("Canada restores most-favoured-nation status to Belarus.", "lift lifted"),
    ("Norway no longer bans imports of Syrian oil.", "lift lifted"),
    ("Iceland has not lifted its sanctions on North Korea.", "mention in_force"),
    ("Sanctions on Fiji were not lifted by Canada.", "mention in_force"),
    ("Canada will not ban imports of Belarusian potash.", "reject rejected"),
    ("Sanctions will not be imposed on Georgia by Norway.", "reject rejected"),
    ("Norway announces that it has lifted its sanctions on Serbia.", "lift lifted"),
    ("Iceland announced that it had frozen the assets of Belarusian officials.", "impose in_force"),
    ("Norway, building on earlier steps to ban the import of Belarusian potash, met its neighbours.", "mention in_force"),
    ("Japan has already banned the import of Russian vodka.", "mention in_force"),
    ("Canada lowers the tariffs on Chinese steel by removing a third of them.", "ease in_force"),
    ("If Norway imposes sanctions on Serbia, the talks will end.", "propose proposed"),
    ("Canada commits to banning the import of Belarusian timber.", "impose announced"),
    ("The Security Council extended for a year the arms embargo on Libya.", "renew in_force"),
    ("EU prolongs sanctions against Belarus.", "renew in_force"),
    ("EU sanctions on Belarus were prolonged by a year.", "renew in_force"),
    ("Washington eased its sanctions on Myanmar.", "ease in_force"),
    ("The European Union has suspended its sanctions on Zimbabwe.", "suspend suspended"),
    ("The UN arms embargo on Iran expired.", "expire expired"),
    ("Canada's arms embargo on Haiti ended on 5 May 2009.", "expire expired"),
    ("Norway's sanctions on Mali expire on 14 December.", "expire in_force"),
    ("Australia is considering sanctions against Fiji.", "propose proposed"),
    ("The European Union may impose sanctions on Georgia.", "propose proposed"),
    ("Turkey threatens to impose sanctions on Iraqi Kurdistan.", "threaten threatened"),
    ("The United States warned Sudan of sanctions.", "threaten threatened"),
    ("Hungary's parliament rejects sanctions on Russia.", "reject rejected"),
    ("The European Union widens its sanctions against Syria.", "widen in_force"),
    ("The EU adopts a sixth package of sanctions against Russia.", "impose approved"),
    ("Japan announced new sanctions on Belarus.", "impose announced"),
    ("Japan said it will impose sanctions on Belarus.", "impose announced"),
    ("Japan says that it would impose sanctions on Belarus.", "impose announced"),
    ("Japan will impose sanctions on Belarus if it does not free the prisoners.", "threaten threatened"),
    ("Germany vows to suspend aid to Uganda unless it drops the bill.", "threaten threatened"),
    ("Canada announces higher tariffs on Chinese steel.", "impose announced"),
    ("Canada authorizes a doubling of tariffs on Chinese steel.", "widen approved"),
    ("The Security Council adopts Resolution 1500, imposing sanctions on Eritrea.", "impose in_force"),
    ("The Security Council votes in favour of a Norwegian-drafted resolution to place an arms embargo on Mali.",
     "impose approved"),
    ("Norway expels two diplomats after Russia sanctioned three Norwegian lawmakers.", "mention in_force"),
    ("The European Union is not ready to lift its arms embargo on China.", "mention in_force"),
    ("Japan imposed sanctions on North Korea in 2006.", "mention in_force"),
    ("Canadian tariffs on Chinese steel take effect.", "impose in_force"),
    ("Canada will ban imports of Russian fish; forbid new investment in Russia.", "impose announced"),
    ("Swiss sanctions on Iran remain in place.", "mention in_force"),
    ("The United States waives sanctions on Iraq's purchases of Iranian power.", "waive in_force"),
    ("Japan has also decided to revoke Russia's status as a most-favored nation.", "impose approved"),
    ("Japan's Cabinet approved on Tuesday a revised ordinance that bans exports of luxury goods to Russia from April 5.",
     "impose approved"),
]  # fmt: skip

WHEN = [
    ("Norway said on Monday it would ban exports of chips to Belarus.", "impose announced 2022-03-28"),
    ("Norway said on 20 March that it would ban exports of chips to Belarus.", "impose announced 2022-03-20"),
    ("On Monday, Norway said it would impose sanctions on Belarus.", "impose announced 2022-03-28"),
    ("Speaking on Monday, the prime minister said Norway would impose sanctions on Belarus.", "impose announced 2022-03-28"),
    ("Norway will impose sanctions on Belarus, its foreign minister said on Monday.", "impose announced 2022-03-28"),
    ("Norway is to ban Belarusian timber on Monday, the government said on Friday.", "impose effective 2022-04-04",
     "impose announced 2022-03-25"),
    ("Norway will on Monday impose sanctions on Belarus.", "impose effective 2022-04-04"),
    ("The government of Norway said Monday that a ban on exports of timber to Belarus will take effect on May 5.",
     "impose announced 2022-03-28", "impose effective 2022-05-05"),
    ("The measures against Mali expire on 14 December.", "expire unspecified 2022-12-14"),
    ("Japan's Cabinet approved on Tuesday a revised ordinance that bans exports of luxury goods to Russia from April 5.",
     "impose approved 2022-03-29", "impose effective 2022-04-05"),
    ("On Monday, the European Union imposed sanctions on Belarus.", "impose unspecified 2022-03-28"),
    ("Canada announced on Thursday a ban on exports of oil equipment to Russia.", "impose announced 2022-03-24"),
    ("The Security Council extended the arms embargo on South Sudan until 31 May 2023.", "expire unspecified 2023-05-31"),
    ("Japan imposed sanctions on North Korea in 2006.", "impose unspecified 2006"),
    ("South Korea's export ban on steel to Belarus will take effect from May 1.", "impose effective 2022-05-01"),
    ("Australia lifted its sanctions on Fiji in 2014.", "lift unspecified 2014"),
    ("Swiss sanctions against Belarus have been in force since June 2006.", "impose unspecified 2006-06"),
    ("Turkey's parliament approved on 12 March sanctions on Syria.", "impose approved 2022-03-12"),
    ("Britain's ban on imports of Russian coal came into force on 10 August 2022.", "impose effective 2022-08-10"),
    ("The sanctions on Guinea-Bissau imposed by the European Union expire on 30 June 2022.", "expire unspecified 2022-06-30"),
    ("Canada's sanctions on Fiji, imposed in 2006, remain in force.", "impose unspecified 2006"),
    ("Canada lifts the sanctions on Fiji that were imposed in 2006.", "impose unspecified 2006"),
    ("Canada extends its sanctions on Syria to June 1, 2023.", "expire unspecified 2023-06-01"),
    ("The arms embargo on Iran is due to expire in October.", "expire unspecified 2022-10"),
    ("Canada's sanctions on Iran expired in October.", "expire unspecified 2021-10"),
    ("The United Nations arms embargo on Somalia, in place since 1992, is lifted.", "impose unspecified 1992"),
    ("Today, in response to these attacks, Canada announced sanctions on Iran.", "impose announced 2022-03-29"),
    ("Canada imposed sanctions on Iran, a member since 1945, on Monday.", "impose unspecified 2022-03-28"),
    ("Canada's minister reveals that it imposed sanctions on Iran on March 18.", "impose unspecified 2022-03-18"),
    ("The sanctions on Iran will take effect in 30 days, Canada announced.", "impose effective 2022-04-28"),
    ("Canada's new sanctions on Iran took effect on Monday.", "impose effective 2022-03-28"),
    ("Canada's sanctions on Iran come into force on Monday.", "impose effective 2022-04-04"),
    ("Canada suspends its sanctions on Mali from Monday.", "suspend unspecified 2022-04-04"),
    ("Canada's arms embargo on Haiti, in place since 1994, ended on 5 May 2009.", "expire unspecified 2009-05-05"),
    ("Norway's sanctions on Mali ran out on Monday.", "expire unspecified 2022-03-28"),
    ("Norway banned imports of Belarusian fish from April 25, 2020 to March 31, 2021.",
     "impose effective 2020-04-25", "expire unspecified 2021-03-31"),
    ("From 2012 to 2016 Norway banned imports of Iranian oil.", "impose effective 2012", "expire unspecified 2016"),
    ("Norway banned exports of aircraft to Russia from 1 March through 1 September.",
     "impose effective 2022-03-01", "expire unspecified 2022-09-01"),
    ("Norway will lift its sanctions on Syria by June 30.", "lift effective 2022-06-30"),
    ("Canada sanctioned Iran in October for its crackdown.", "impose unspecified 2021-10"),
    ("Canada announces restrictions on imports of Russian furs on 1 May 2022.", "impose effective 2022-05-01"),
    ("On February 1, President Trump invoked a law to impose tariffs on Mexico.", "impose unspecified 2022-02-01"),
    ("Canada has in May imposed sanctions on 19 Iranian firms.", "impose unspecified 2021-05"),
    ("Canada will impose a tariff of 25% on American steel on July 1.", "impose effective 2022-07-01"),
    ("Turkey's trade embargo on Israel, announced in May 2021, is lifted.", "impose announced 2021-05"),
    ("Canada's ban on exports of steel to Belarus, which takes effect on 6 July, is wide.", "impose effective 2022-07-06"),
    ("On 1 July 2021 the European Union's sectoral sanctions on Belarus took effect.", "impose effective 2021-07-01"),
    ("The United States renews the sanctions on Chad imposed by Executive Order 13600 of May 1, 2011.",
     "impose unspecified 2011-05-01"),
    ("Norway bans imports of Belarusian timber, effective immediately.", "impose effective 2022-03-29"),
    ("Canada's ban on Belarusian timber took effect immediately.", "impose effective 2022-03-29"),
    ("India bans wheat exports to Pakistan with immediate effect.", "impose effective 2022-03-29"),
    ("Canada imposes sanctions on Belarus; the measures enter into force tomorrow.", "impose effective 2022-03-30"),
    ("The EU's embargo on Belarusian potash, agreed in April, begins in August.", "impose approved 2021-04",
     "impose effective 2022-08"),
    ("The Security Council renews the arms embargo imposed on Eritrea in 2009 through 15 November.", "impose unspecified 2009",
     "expire unspecified 2022-11-15"),
    ("Canada withdraws the sanctions on two Chinese banks that were imposed Thursday.", "impose unspecified 2022-03-24"),
    ("Qatar protests at the embargo imposed by Saudi Arabia, Egypt and Bahrain in June.", "impose unspecified 2021-06"),
    ("The Arab League readmits Syria, which was suspended 11 years ago.", "impose unspecified 2011"),
    ("Norway sanctioned Myanmar earlier in the month.", "impose unspecified 2022-03"),
    ("Norway banned Belarusian airlines from its airspace yesterday.", "impose unspecified 2022-03-28"),
    ("Norway announced on Friday that it would ban imports of Russian fish.", "impose announced 2022-03-25"),
    ("Norway said on Friday it would ban imports of Russian fish from 5 April.", "impose announced 2022-03-25",
     "impose effective 2022-04-05"),
    ("Canada bans exports of oil equipment to Russia. It will remain in force until 31 August.",
     "expire unspecified 2022-08-31"),
    ("- On June 3, 2022, Canada will impose sanctions on Belarus.", "impose effective 2022-06-03"),
]  # fmt: skip

UNDATED = [
    "Norway, which banned gold in 2020 and has since barred all trade, keeps its sanctions on Mali.",
    "Norway, which joined an alliance in 1949, imposes sanctions on Mali.",
    "The European Union imposes sanctions on Iran over last month's crackdown.",
    "Canada imposed sanctions on Ivan Petrov of Russia, a banker born in 1962.",
    "Canada responds with sanctions on Sudan to violence that began on March 15.",
    "Canada demands that Iran stop enrichment by May 1 or face sanctions.",
    "After the coup in Mali earlier this year, Canada imposed sanctions on Mali.",
    "Canada imposes visa bans on officials of Mali under its “Free Press” policy, a tool that it created last year.",
    "Canada lifts its sanctions on Mali, and both sides agreed to hold the talks that last took place in 2017.",
    "Canada's minister spoke today about the need for sanctions on Iran.",
    "Since October 7, the United States has issued five rounds of sanctions against Iran.",
    "The United States imposes sanctions on Iran, as told at example.org/2021/05/sanctions.",
]

NOTHING = [
    "A newspaper broke the American embargo on the draft report on Iran.",
    "Residents hope that the measures against corruption in Mali are extended.",
    "The city council bans cars from the old town.",
    "The journalists will not be sanctioned, the prime minister of Israel says.",
    "The referee imposed sanctions on the club after the match.",
    "Japan protested against Russian drills on the islands.",
    "Exports to China rose by four percent last year, Germany's statistics office said.",
    "The court froze the assets of a German fraudster.",
    "Indonesia bans exports of palm oil.",
    "India bans wheat exports.",
    "The ministry sanctioned the building of a new bridge in Kerala.",
    "Russia's central bank raised its interest rate.",
    "The Swiss bank froze hiring in Zurich.",
    "France bans smoking on beaches.",
    "Visa and Mastercard reported higher profits in Britain.",
    "Brazil's health agency banned the sale of a Chinese syrup after deaths.",
    "The airline banned a passenger from its flights to Spain.",
    "Canada invests in new ports in British Columbia.",
    "The blockade of the road by farmers in Poland ended.",
    "Tourists from Germany were banned from a beach in Spain.",
    "Kenya's president suspended three ministers.",
]


NOTHING_OF_A_MEASURE = [
    "Poland closes its airspace near the border after Russian drones are shot down.",
    "Iran closes its airspace amid Israeli strikes.",
    "Air France suspends flights to Tel Aviv.",
    "Spain raises the tariffs on electricity.",
    "India suspends trade talks with Canada.",
    "Ontario bans handguns.",
    "Japan has not banned imports of Russian gas.",
    "Iceland has never imposed sanctions on Israel.",
    "Nobody has imposed sanctions on Rwanda.",
    "Neither Norway nor Iceland has imposed sanctions on Serbia.",
    "There are no Canadian sanctions on Laos.",
    "Canada imposed no sanctions on Turkey.",
    "No sanctions have been imposed on Hungary by Norway.",
    "It is not true that Norway banned exports of fish to Russia.",
    "Reports that Norway had banned exports of fish to Russia were false.",
    "Norway denied that it had banned exports of fish to Russia.",
    "Had Norway banned imports of Belarusian potash, prices would have risen.",
    "Canada stopped short of imposing sanctions on Georgia.",
    "Canada has no plans to impose sanctions on Thailand.",
    "Exports of chips to Mali have never been banned by Norway.",
    "The Treasury Department designated Eritrea as a country of particular concern.",
    "New York City bans smoking in parks.",
    "FIFA bans Chelsea from signing players in the next two transfer windows.",
    "The World Anti-Doping Agency bans Russia from international sport for four years.",
    "The International Olympic Committee lifts its suspension of Kuwait.",
    "Germany's constitutional court rejects a ban of the far-right NPD party.",
    "A Moscow court fines Google 15 billion rubles.",
    "The U.S. Justice Department fines BNP Paribas $8.9 billion.",
    "US prosecutors charge 12 Russian intelligence officers with hacking the Democratic National Committee.",
    "Ukraine bans eleven political parties with ties to Russia.",
    "China and ASEAN agree to a free trade area.",
    "Sri Lanka bans chemical fertilizers in a push for organic farming.",
    "Australian police seize 1.2 tonnes of cocaine on a yacht.",
    "Kenya bans plastic bags.",
    "The United Kingdom bans flights from South Africa over the Omicron variant.",
    "Japan closes its borders to foreigners over the new coronavirus variant.",
    "Iraq temporarily shuts its airspace amid Iranian missile launches.",
    "Lufthansa suspends flights to Tehran.",
    "McDonald's closes its restaurants in Russia.",
    "Egypt's court bans the activities of the Muslim Brotherhood.",
    "Turkey blocks access to YouTube.",
    "Saudi Arabia allows women to drive, ending a ban.",
    "The European Court of Human Rights rules that France's ban on the burqa is legal.",
    "Uganda suspends dozens of charities.",
    "A federal judge blocks Trump's ban on transgender troops.",
    "Kazakhstan and Russia sign a customs union agreement with Belarus.",
    "The Central Bank of Nigeria bans cryptocurrency transactions.",
    "Indonesia bans palm oil exports to control domestic prices.",
    "India bans wheat exports amid a heat wave.",
    "Iran and Saudi Arabia agree to restore diplomatic relations.",
    "Amnesty International calls on Iran to stop executions.",
    "Thailand's junta bans gatherings of more than five people.",
    "Major League Baseball suspends Alex Rodriguez for 211 games.",
    "A New Jersey senator introduces a bill banning assault weapons.",
    "New Zealand bans military-style semi-automatic weapons after the Christchurch mosque shootings.",
    "Sweden suspends adoption of children from South Korea.",
    "Taiwan halts imports of U.S. beef after a mad cow case.",
    "The US freezes hiring of federal workers.",
    "Netflix raises prices in Canada.",
    "Philadelphia approves a tax on soda.",
    "France introduces a 3% digital tax.",
    "Burkina Faso suspends the BBC and Voice of America radio programs.",
    "US and South Korea suspend joint military exercises.",
    "Italy closes its ports to migrant rescue ships.",
    "Hungary closes its border with Serbia to migrants.",
    "Germany phases out coal by 2038.",
    "Japan's Toyota halts production of Japanese cars at fourteen plants.",
    "Chile and China sign a free trade pact removing tariffs.",
    "Canada introduces a carbon tax on fuel imports.",
    "The United States resumes flights to Havana after a hurricane.",
    "British Airways suspends all flights to Beijing.",
    "Iran suspends all flights after a rocket strike.",
    "Chad closes its border with Sudan as refugees arrive.",
    "Sweden stops using the death statistics of China.",
    "Greek police seize a yacht with two tonnes of cannabis.",
    "Italy seizes property of the 'Ndrangheta mafia worth €1 billion.",
    "Ukraine receives a shipment of American weapons.",
    "Germany approves arms exports to Saudi Arabia worth 200 million euros.",
    "Brazil grants asylum to a Bolivian senator.",
    "The United States waives visa requirements for Israeli citizens.",
    "Israel grants permission for Gazans to enter Israel for work.",
    "South Korea stops issuing tourist visas amid the coronavirus pandemic.",
    "China bans imports of foreign waste.",
    "The EU fines a Chinese company over tyres made in China.",
    "Ofcom fines RT for breaking impartiality rules.",
    "The UN General Assembly suspends its session.",
    "Peru's Congress suspends President Martín Vizcarra.",
    "Russia withdraws from the Black Sea grain deal.",
    "Mexico files a lawsuit against American gun makers.",
    "The US House passes a bill requiring the disclosure of Chinese investment.",
    "A Hong Kong court jails an American lawyer.",
    "Japan raises its consumption tax on food to 10%.",
    "Argentina cuts export duties on soybeans and wheat.",
    "Indonesia raises palm oil export levy.",
    "India cuts import duty on edible oils.",
    "Nigeria doubles electricity tariffs.",
]


@pytest.mark.parametrize("words", NOTHING_OF_A_MEASURE)
def test_what_only_looks_like_a_measure_is_none(words: str) -> None:
    assert not read(words)


@pytest.mark.parametrize("case", WHO_WHOM_WHAT, ids=lambda case: case[0][:60])
def test_who_whom_and_what_are_told(case: tuple[str, ...]) -> None:
    words, *expected = case
    assert set(expected) <= told(words)


def test_a_name_of_two_letters_is_read_with_what_hangs_on_it() -> None:
    assert told("The EU's sanctions on Syria stay.") == told("Sanctions on Syria by the EU.") == {"EU>SY sanctions_unspecified"}


def test_goods_of_a_passive_are_its_own_words() -> None:
    (claim,) = read("The export of jet fuel to Myanmar is prohibited by Canada.")
    assert claim.goods_text == "jet fuel"


def test_a_cause_names_no_issuer() -> None:
    assert "BY>PL sanctions_unspecified" not in told("Belarus expels Poland's ambassador due to the imposition of sanctions.")


NOT_SAID_BY_THE_PUBLISHER = [
    "Governments around the world have banned imports of Belarusian potash.",
    "Since then, another country recognized Hezbollah as a terrorist organization.",
    "Our allies in Europe, Africa and the Middle East recognized Hezbollah as a terrorist organization.",
]


@pytest.mark.parametrize("words", NOT_SAID_BY_THE_PUBLISHER)
def test_what_others_do_a_release_does_not_tell_of_its_publisher(words: str) -> None:
    assert {claim.issuer_codes for claim in claims.read(Text("t", words, "", TUESDAY, "CA"))} == {()}


def test_a_joint_declaration_speaks_for_all_who_make_it() -> None:
    words = "We, the foreign ministers of Norway, Iceland and Canada, met today. We impose sanctions on Serbia."
    (claim,) = claims.read(Text("t", words, "", TUESDAY, "CA"))
    assert claim.issuer_codes == ("NO", "IS", "CA")


IN_A_RELEASE = [
    # lists under a head
    ("The order bans:\n\n- The importation into Canada of Libyan gold.\n- New Canadian investment in Libya’s mines.",
     "CA>LY import_ban impose in_force", "CA>LY investment_ban impose in_force"),
    ("The order prohibits:\n\n- The purchase of Burmese timber by Canadian persons;\n- The export of ships to Burma.",
     "CA>MM import_ban impose in_force", "CA>MM export_ban impose in_force"),
    # what an order or a designation means
    ("Canada imposes sanctions on Burundi. The entry of the sanctioned persons into Canada is suspended.",
     "CA>BI travel_ban impose in_force"),
    ("The order concerns the junta of Mali. All property and interests in property of its members are blocked.",
     "CA>ML asset_freeze impose in_force"),
    # what is announced by the issuer itself is done, what it will do is not
    ("I am announcing a visa restriction policy against individuals undermining democracy in Uganda.",
     "CA>UG travel_ban impose in_force"),
    ("We announce that we will impose sanctions on Burundi.", "CA>BI sanctions_unspecified impose announced"),
    ("The order directs the minister to evaluate suspending the sanctions on Sudan.",
     "CA>SD sanctions_unspecified suspend proposed"),
    ("The minister will develop new authorities to impose sanctions on Belarus.",
     "CA>BY sanctions_unspecified propose proposed"),
    ("The treasury issued General License 12, which authorizes payments to Afghanistan under Canadian sanctions.",
     "CA>AF sanctions_unspecified waive in_force"),
    # others, as news and as background
    ("Canada welcomes the announcement by Norway, Iceland and Japan of new sanctions on Burmese generals.",
     "NO>MM listing impose announced", "JP>MM listing impose announced"),
    ("Norway and Iceland have each put in place significant sanctions on Belarus.",
     "NO>BY sanctions_unspecified mention in_force"),
    ("We welcome Japan’s commitment to ban exports of chips to Belarus.", "JP>BY export_ban impose announced"),
    ("We commend Norway’s new law, which allows the imposition of sanctions on those backing the junta of Mali.",
     "NO>ML sanctions_unspecified impose in_force"),
    # what is still to come, what is over, what goes on
    ("We announce the designation of the Houthis of Yemen as terrorists. The designation will take effect in 30 days.",
     "CA>YE terrorist_designation impose announced"),
    ("The order ends the sanctions on Burundi, and the suspension of entry of its officials will no longer be in effect.",
     "CA>BI travel_ban lift lifted"),
    ("We will continue to enforce our sanctions on Belarus.", "CA>BY sanctions_unspecified mention in_force"),
    ("The minister reviews the designation of the Houthis of Yemen as a terrorist organization.",
     "CA>YE terrorist_designation mention in_force"),
    ("The order waives restrictions on certain foreign assistance to Syria.", "CA>SY aid_suspension waive in_force"),
    ("In response to these threats, Canada imposed sanctions on Belarus.", "CA>BY sanctions_unspecified impose in_force"),
    ("Canada statutorily debarred two firms of Belarus for violating the Arms Export Control Act.",
     "CA>BY export_privilege_denial impose in_force"),
    ("HOLDING MALI TO ACCOUNT: Today, Canada imposed sanctions on Mali.", "CA>ML sanctions_unspecified impose in_force"),
]  # fmt: skip

NOT_IN_A_RELEASE = [
    "The tariffs hit nationals of Cuba due to its role as a state sponsor of terrorism.",
    "Mali let a gang, a designated terrorist organization, cross into Burundi.",
    "The law can punish sanctions violations by citizens of Belarus.",
    "The minister may terminate the designation of a country under section 2.",
]


@pytest.mark.parametrize("words", NOT_IN_A_RELEASE)
def test_what_a_release_only_speaks_of_is_no_measure(words: str) -> None:
    codes = {claim.measure_type_code for claim in claims.read(Text("t", words, "", TUESDAY, "CA"))}
    assert not codes & {"terrorist_designation", "sanctions_unspecified", "listing"}


def test_a_release_on_the_steps_of_another_tells_of_theirs() -> None:
    words = "The sanctions on Serbia are firm. They freeze the assets of two Serbian banks."
    found = claims.read(Text("t", words, "Welcoming Norway’s New Sanctions on Serbia", TUESDAY, "CA"))
    assert {claim.issuer_codes for claim in found} == {("NO",)}


def test_what_will_take_effect_is_announced_on_the_day_of_a_release() -> None:
    words = "Today Canada imposes a tariff on imports of Russian steel, which takes effect on May 1."
    (claim,) = claims.read(Text("t", words, "", TUESDAY, "CA"))
    assert claim.status_code == "announced"
    assert ("impose", "effective", dt.date(2022, 5, 1)) in {(date.action, date.step, date.earliest) for date in claim.dates}


@pytest.mark.parametrize("case", IN_A_RELEASE, ids=lambda case: case[0][:60])
def test_a_release_tells_what_its_issuer_and_others_do(case: tuple[str, ...]) -> None:
    words, *expected = case
    found = {
        f"{who}>{whom} {claim.measure_type_code} {claim.action_code} {claim.status_code}"
        for claim in claims.read(Text("t", words, "", TUESDAY, "CA"))
        for who in claim.issuer_codes
        for whom in claim.territory_codes
    }
    assert set(expected) <= found


def test_a_question_tells_nothing() -> None:
    words = "QUESTION: Canada imposed sanctions on Serbia today.\n\nMR DOE: We sanctioned Belarus.\n\nQUESTION: And Iran?"
    (claim,) = claims.read(Text("t", words, "", TUESDAY, "US"))
    assert claim.territory_codes == ("BY",)


@pytest.mark.parametrize(("words", "expected"), WHAT_IS_DONE)
def test_action_and_status_are_told(words: str, expected: str) -> None:
    assert expected in {f"{claim.action_code} {claim.status_code}" for claim in read(words)}


@pytest.mark.parametrize("case", WHEN, ids=lambda case: case[0][:60])
def test_dates_are_told_with_their_steps(case: tuple[str, ...]) -> None:
    words, *expected = case
    found = {f"{date.action} {date.step} {lines.written(date)}" for claim in read(words) for date in claim.dates}
    assert set(expected) <= found


def test_a_measure_of_a_span_has_that_span() -> None:
    (claim,) = read("Between June and August 2021, Norway banned imports of timber from Belarus.")
    (date,) = claim.dates
    assert (date.earliest, date.latest, date.precision) == (dt.date(2021, 6, 1), dt.date(2021, 8, 31), "between")


def test_a_ban_on_all_goods_is_another_than_the_ban_on_some_before_it() -> None:
    some, all_ = read(
        "Norway banned imports of gold from Mali in 2016, and has since prohibited all imports from that country."
    )
    assert (some.goods_text, some.territory_codes, [lines.written(date) for date in some.dates]) == ("gold", ("ML",), ["2016"])
    assert (all_.goods_text, all_.territory_codes, all_.dates) == (None, ("ML",), ())


def test_a_limit_is_no_day_and_no_word_for_goods() -> None:
    (claim,) = read("Norway will ban imports of Russian coal before August 10.")
    (date,) = claim.dates
    assert (date.earliest, date.latest, date.precision, claim.goods_text) == (None, dt.date(2022, 8, 9), "not_after", "coal")


@pytest.mark.parametrize("words", UNDATED)
def test_the_date_of_something_else_is_not_told(words: str) -> None:
    assert [date for claim in read(words) for date in claim.dates] == []


@pytest.mark.parametrize("words", NOTHING)
def test_what_is_no_measure_is_not_told(words: str) -> None:
    assert read(words) == []


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("The adviser discussed American sanctions against Russia with the Russian ambassador.", "mention"),
        ("The adviser spoke about the sanctions that Canada had imposed on Russia.", "mention"),
        ("European ministers discussed new sanctions on Russia with their American guests.", "propose"),
    ],
)
def test_what_stands_is_talked_of_and_not_proposed(words: str, action: str) -> None:
    assert [claim.action_code for claim in claims.read(Text("t", words))] == [action]


@pytest.mark.parametrize(
    "words",
    [
        "Nobody was surprised when Norway banned imports of steel from Fiji.",
        "Norway denied that it was weak and banned imports of steel from Fiji.",
        "The ministers said that no state was safe and Norway banned imports of steel from Fiji.",
    ],
)
def test_a_denial_of_something_else_denies_no_measure(words: str) -> None:
    assert [claim.action_code for claim in claims.read(Text("t", words, "", TUESDAY))] == ["impose"]


def test_an_end_that_is_denied_leaves_the_measure() -> None:
    (claim,) = claims.read(
        Text("t", "It is not the case that Norway has lifted its ban on imports of steel from Fiji.", "", TUESDAY)
    )
    assert (claim.action_code, claim.status_code) == ("mention", "in_force")


def test_a_day_told_roughly_is_no_day() -> None:
    words = "Norway will ban imports of steel from Fiji no sooner than May 1, 2022."
    assert [claim.dates for claim in claims.read(Text("t", words, "", TUESDAY))] == [()]


def test_whom_a_policy_on_any_foreigner_hits_is_not_taken_from_the_title() -> None:
    title, words = (
        "Threats from the Government of Fiji",
        "We announced a visa restriction policy targeting foreign nationals who censor the United States.",
    )
    assert not any(claim.territory_codes for claim in claims.read(Text("t", words, title, TUESDAY, "US")))
    here = "We announced visa restrictions on foreign nationals who undermine the peace in Fiji."
    assert [claim.territory_codes for claim in claims.read(Text("t", here, title, TUESDAY, "US"))] == [("FJ",)]

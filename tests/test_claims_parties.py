"""Who imposes and against whom: news in our own words, each with every pair that a careful reader would note."""

import datetime as dt

import pytest

from pipeline import claims
from pipeline.claims import Text

PAIRS = [
    # retaliation and reasons
    ("Canada announces tariffs on American steel in response to U.S. tariffs on Canadian steel.", "CA>US US>CA"),
    (
        "India raises tariffs on 28 American products in retaliation for the withdrawal of its preferential "
        "trade status by the United States.",
        "IN>US US>IN",
    ),
    (
        "China sanctions 28 Canadian officials in retaliation for Canadian sanctions against officials in Xinjiang.",
        "CA>CN CN>CA",
    ),
    (
        "China imposes sanctions on ten members of the European Parliament in response to European Union "
        "sanctions on officials in Xinjiang.",
        "CN>EU EU>CN",
    ),
    (
        "Russia sanctions 61 American officials in retaliation for the sanctions imposed by the Biden "
        "administration on its oligarchs.",
        "RU>US US>RU",
    ),
    (
        "Russia imposes sanctions on 154 members of the House of Lords in response to British sanctions on "
        "members of its Federation Council.",
        "GB>RU RU>GB",
    ),
    (
        "Iran sanctions eight European officials in retaliation for sanctions on its Revolutionary Guard by "
        "the European Union.",
        "EU>IR IR>EU",
    ),
    (
        "Belarus bans the import of some goods from the EU, the US and Canada in response to their sanctions.",
        "BY>CA BY>EU BY>US CA>BY EU>BY US>BY",
    ),
    (
        "Turkey imposes sanctions on two American cabinet members in retaliation for similar sanctions "
        "imposed on two Turkish ministers.",
        "TR>US US>TR",
    ),
    ("Bulgaria bans Ukrainian grain imports, following similar moves by Poland and Hungary.", "BG>UA HU>UA PL>UA"),
    ("Slovakia suspends imports of grain from Ukraine, joining Poland and Hungary.", "HU>UA PL>UA SK>UA"),
    (
        "Lithuania closes its border to Belarusian trucks, following similar decisions by Latvia and Poland.",
        "LT>BY LV>BY PL>BY",
    ),
    (
        "Jordan recalls its ambassador and bans flights to Qatar, following similar measures by Saudi Arabia, "
        "Bahrain and the United Arab Emirates.",
        "AE>QA BH>QA JO>QA SA>QA",
    ),
    ("Norway freezes the assets of 12 Belarusian officials, following the example of the European Union.", "EU>BY NO>BY"),
    ("Switzerland adopts the European Union's sanctions against Russia.", "CH>RU EU>RU"),
    ("Sweden becomes the third country after Denmark and Finland to ban imports of Russian oil.", "DK>RU FI>RU SE>RU"),
    ("Canada becomes the second country after the United States to ban Russian oil.", "CA>RU US>RU"),
    ("Poland, like Hungary and Slovakia, bans the import of Ukrainian grain.", "HU>UA PL>UA SK>UA"),
    ("China bans all imports of Japanese seafood, as does Russia.", "CN>JP RU>JP"),
    ("Russia's central bank halts trading in dollars following sanctions by the United States and Japan.", "JP>RU US>RU"),
    ("Visa suspends operations in Russia because of American sanctions.", "US>RU"),
    ("Shares of Rusal plunge after the United States imposed sanctions on its owner, Oleg Deripaska.", "US>RU"),
    # possible, threatened
    ("Sudan rejects possible United Nations sanctions over Darfur.", "UN>SD"),
    ("Iran warns of consequences of possible UN sanctions over its nuclear programme.", "UN>IR"),
    (
        "North Korea says it would regard possible United Nations sanctions against its country as a declaration of war.",
        "UN>KP",
    ),
    ("Eritrea denies supporting al-Shabaab, ahead of possible UN sanctions against the country.", "UN>ER"),
    ("Serbia asks Russia for help to avert possible EU sanctions.", "EU>RS"),
    ("Myanmar's junta dismisses the threat of sanctions by the European Union.", "EU>MM"),
    ("U.S. Secretary of State Colin Powell warns Syria of possible sanctions.", "US>SY"),
    ("The United States warns Turkey of sanctions if it buys Russian missiles.", "US>TR"),
    (
        'Donald Trump threatens Iraq with sanctions "like they\'ve never seen before" if U.S. troops are forced to leave.',
        "US>IQ",
    ),
    (
        "France and Germany say the European Union could impose sanctions on Russia over the poisoning of Alexei Navalny.",
        "EU>RU",
    ),
    ("Britain warns Zimbabwe that it faces further sanctions.", "GB>ZW"),
    ("The African Union threatens to impose sanctions on South Sudan's leaders.", "AFRICAN_UNION>SS"),
    ("ECOWAS threatens Guinea-Bissau with sanctions.", "ECOWAS>GW"),
    # violated by third parties
    ("A UN panel says that North Korea has violated United Nations sanctions by exporting coal to Syria.", "UN>KP"),
    (
        "A United Nations report accuses Rwanda and Uganda of violating the arms embargo against the "
        "Democratic Republic of the Congo.",
        "UN>CD",
    ),
    ("The United States accuses Chinese companies of violating UN sanctions on North Korea.", "UN>KP"),
    ("Germany says that Turkey violated the United Nations arms embargo on Libya.", "UN>LY"),
    ("Standard Chartered will pay $1 billion for breaching U.S. sanctions against Iran.", "US>IR"),
    ("BNP Paribas pleads guilty to violating U.S. sanctions on Sudan, Iran and Cuba.", "US>CU US>IR US>SD"),
    ("South Korea seizes a Hong Kong ship suspected of transferring oil to North Korea in violation of UN sanctions.", "UN>KP"),
    ("A British court convicts a man of breaking the European Union's arms embargo on Syria.", "EU>SY"),
    (
        "Huawei's chief financial officer Meng Wanzhou is arrested in Canada on suspicion of violating US sanctions on Iran.",
        "US>IR",
    ),
    ("Ukraine accuses India of helping Russia to evade sanctions.", "?>RU"),
    # several issuers/territories
    (
        "The United States, Canada, the United Kingdom and the European Union impose coordinated sanctions on Belarus.",
        "CA>BY EU>BY GB>BY US>BY",
    ),
    ("The UK and Canada sanction Belarusian President Alexander Lukashenko, his son and six other officials.", "CA>BY GB>BY"),
    ("Australia, along with New Zealand, imposes travel bans on Fijian officials.", "AU>FJ NZ>FJ"),
    ("Norway, Iceland and Liechtenstein join EU sanctions against Syria.", "EU>SY IS>SY LI>SY NO>SY"),
    (
        "Saudi Arabia, the UAE, Bahrain, and Egypt sever ties with Qatar and close their airspace to its planes.",
        "AE>QA BH>QA EG>QA SA>QA",
    ),
    ("The United States imposes sanctions on Russia, Iran and North Korea.", "US>IR US>KP US>RU"),
    ("The U.S. House of Representatives votes to impose new sanctions on Iran, Russia, and North Korea.", "US>IR US>KP US>RU"),
    ("The European Union extends sanctions on Myanmar as well as Belarus.", "EU>BY EU>MM"),
    ("President Trump imposes tariffs on goods from China, Mexico and Canada.", "US>CA US>CN US>MX"),
    ("The EU and Britain impose sanctions on companies from China, Turkey and the UAE.", "EU>AE EU>CN EU>TR GB>AE GB>CN GB>TR"),
    ("The United States lifts tariffs on steel from Canada and Mexico.", "US>CA US>MX"),
    ("The United States restricts imports of steel from the European Union, Canada, and Mexico.", "US>CA US>EU US>MX"),
    ("Ukraine sanctions Russian and Belarusian companies.", "UA>BY UA>RU"),
    ("Britain sanctions officials from Russia, Myanmar, Saudi Arabia as well as North Korea.", "GB>KP GB>MM GB>RU GB>SA"),
    ("The United States bans citizens of Chad, Libya and Yemen from entering the country.", "US>LY US>TD US>YE"),
    # apposition and nationality
    ("The United States imposes sanctions on Ramzan Kadyrov, the head of Russia's Chechen Republic.", "US>RU"),
    ("The United States imposes sanctions on Milorad Dodik, the Serb member of Bosnia's presidency.", "US>BA"),
    ("Britain imposes sanctions on Gulnara Karimova, the daughter of Uzbekistan's late president.", "GB>UZ"),
    ("The European Union sanctions Yevgeny Prigozhin, a Russian businessman known as Putin's chef.", "EU>RU"),
    ("Canada sanctions Ilan Shor, the pro-Russian Moldovan oligarch.", "CA>MD"),
    ("The United States sanctions Horacio Cartes, the former president of Paraguay.", "US>PY"),
    ("The United States sanctions the Rapid Support Forces leader Mohamed Hamdan Dagalo of Sudan.", "US>SD"),
    ("Britain sanctions the Russian-backed leader of Georgia's breakaway South Ossetia region.", "GB>GE"),
    ("The US Treasury sanctions Gebran Bassil, the head of Lebanon's largest Christian bloc.", "US>LB"),
    ("The United States sanctions Brazilian Supreme Court Justice Alexandre de Moraes.", "US>BR"),
    ("The US imposes sanctions on Harakat al-Nujaba, an Iraqi militia backed by Iran.", "US>IQ"),
    # passives
    ("Sanctions are imposed on Burundi's police chief.", "?>BI"),
    ("Tougher sanctions against Iran are approved by the United Nations Security Council.", "UN>IR"),
    ("The sanctions on Libya are lifted.", "?>LY"),
    ("Three Venezuelan generals are sanctioned by Panama.", "PA>VE"),
    ("Three Russian oligarchs are added to the European Union's sanctions list.", "EU>RU"),
    ("Russian ships are banned from entering British ports.", "GB>RU"),
    ("Russian aircraft are banned from the airspace of Poland and Bulgaria.", "BG>RU PL>RU"),
    ("North Korea is put back on the list of state sponsors of terrorism by the United States.", "US>KP"),
    ("Mali is suspended from ECOWAS and its borders are closed by the bloc.", "ECOWAS>ML"),
    ("The assets of former Tunisian president Zine El Abidine Ben Ali are frozen by Switzerland.", "CH>TN"),
    ("The assets of Muammar Gaddafi and his family are frozen in Britain.", "GB>LY"),
    ("Six Iranian officials have been barred from entering the European Union.", "EU>IR"),
    ("Import duties on Chinese solar panels are approved by the European Commission.", "EU>CN"),
    ("An arms embargo against Ivory Coast is adopted unanimously by the Security Council.", "UN>CI"),
    # coreference
    (
        "The United States and China agree to end their trade dispute. Both countries will suspend the "
        "tariffs they imposed on each other for 90 days.",
        "CN>US US>CN",
    ),
    ("The European Union agrees on a new package. It will ban imports of Russian coal.", "EU>RU"),
    (
        "Syria's government rejects the accusations. The Arab League has suspended the country and will "
        "impose sanctions on it.",
        "ARAB_LEAGUE>SY",
    ),
    ("The UN Security Council meets on Iran. It votes to impose sanctions on the country over its nuclear programme.", "UN>IR"),
    (
        "Belarus's president threatens to cut gas transit. The EU is expected to agree new sanctions on his regime on Monday.",
        "EU>BY",
    ),
    ("Zimbabwe holds an election. Washington says it will keep its sanctions on the country.", "US>ZW"),
    (
        "The junta in Niger refuses to restore the president. The West African bloc imposes sanctions and "
        "closes borders with the country.",
        "ECOWAS>NE",
    ),
    (
        "Canada recalls its ambassador from Nicaragua. Ottawa also imposes sanctions on nine officials of the "
        "Ortega government.",
        "CA>NI",
    ),
    ("Poland expels two Belarusian diplomats. Warsaw also closes its border crossing with the country to trucks.", "PL>BY"),
    (
        "Moscow says it will answer. Russia bans imports of food from the United States, the European Union, "
        "Norway, Canada and Australia for a year.",
        "RU>AU RU>CA RU>EU RU>NO RU>US",
    ),
    (
        "North Korea tests a missile. Japan imposes new unilateral sanctions on the country, and South Korea does the same.",
        "JP>KP KR>KP",
    ),
    ("India and Pakistan trade accusations. India closes its airspace to Pakistani aircraft.", "IN>PK"),
    ("Iran launches a satellite. The United States sanctions two of its space agencies.", "US>IR"),
    ("The European Union says that the Ethiopian government must allow aid. The bloc suspends aid to the country.", "EU>ET"),
    ("Brussels announces tariffs on American whiskey.", "EU>US"),
    ("Brussels proposes to ban Russian gas by 2027.", "EU>RU"),
    ("Tehran protests against the European Union's decision to freeze the assets of its intelligence officials.", "EU>IR"),
    ("Pyongyang condemns the sanctions adopted by the Security Council.", "UN>KP"),
    ("Moscow says that sanctions by Washington will not go unanswered.", "US>RU"),
    ("Havana welcomes the decision by Washington to ease its embargo.", "US>CU"),
    # speaker not issuer
    ("Human Rights Watch urges the United States to impose sanctions on Rwandan officials.", "US>RW"),
    ("Opposition leader Sviatlana Tsikhanouskaya calls on the European Union to sanction Belarus.", "EU>BY"),
    ("Ukraine's president Volodymyr Zelensky calls for harsher sanctions against Russia.", "?>RU"),
    ("Poland calls for an EU ban on Russian coal.", "EU>RU"),
    ("A U.S. federal court orders the Treasury to lift the sanctions on Tornado Cash.", "US>?"),
    ("The European Court of Justice annuls EU sanctions on an Iranian bank.", "EU>IR"),
    ("The EU's General Court orders the Council to lift the asset freeze on Ukrainian politician Andriy Kliuiev.", "EU>UA"),
    ("Russia's foreign minister Sergey Lavrov says that Russia opposes new UN sanctions against Iran.", "UN>IR"),
    ("China says it opposes unilateral sanctions against North Korea.", "?>KP"),
    ("Germany says it favours new European Union sanctions against Syria.", "EU>SY"),
    ("France is in favour of new sanctions against Iran.", "?>IR"),
    ("Hungary says it will veto EU sanctions on Russian nuclear energy.", "EU>RU"),
    ("Cuba's foreign minister calls on the United States to lift its embargo.", "US>CU"),
    ("The Pope criticises the U.S. embargo on Cuba.", "US>CU"),
    ("Nelson Mandela calls for sanctions against Nigeria to be considered.", "?>NG"),
    ("Chinese foreign minister Wang Yi urges the U.S. to lift unilateral sanctions on Afghanistan.", "US>AF"),
    ("The UN General Assembly votes to condemn the U.S. embargo against Cuba.", "US>CU"),
    ("The UN human rights chief calls on the United States to lift sanctions against Syria.", "US>SY"),
    ("Iraq's prime minister asks the Security Council to lift the remaining sanctions on his country.", "UN>IQ"),
    ("Russian President Vladimir Putin says that Western sanctions have failed.", "?>RU"),
    ("Israel's prime minister Benjamin Netanyahu calls for crippling sanctions on Iran.", "?>IR"),
    ("Israel urges the international community to impose sanctions on Iran.", "?>IR"),
    # G7
    ("The G7 agrees to ban imports of Russian gold.", "G7>RU"),
    ("The G7 and Australia set a price cap of $60 per barrel for Russian oil.", "AU>RU G7>RU"),
    ("The leaders of the G7 nations warn Russia of further sanctions over Ukraine.", "G7>RU"),
    ("The G7 countries, the European Union and Australia agree on a price cap on Russian crude oil.", "AU>RU EU>RU G7>RU"),
    ("Canada, a G7 member, bans Russian aluminium.", "CA>RU"),
    ("The United States urges the G7 to impose tariffs on China and India over their purchases of Russian oil.", "G7>CN G7>IN"),
    # UN resolution basis, organisations
    ("Pursuant to a UN Security Council resolution, Canada freezes the assets of Libyan officials.", "CA>LY"),
    ("Malaysia orders North Korean workers to leave under UN sanctions.", "UN>KP"),
    ("Australia freezes the assets of ten Liberians in line with a United Nations resolution.", "AU>LR"),
    ("Japan freezes the assets of five Iranian companies in accordance with a UN resolution.", "JP>IR"),
    ("The United States designates the Tehrik-i-Taliban Pakistan as a terrorist organisation.", "US>PK"),
    ("The European Union lists the military wing of Hezbollah as a terrorist organisation.", "EU>LB"),
    ("The United States imposes sanctions on the International Criminal Court.", "US>ICC"),
    ("The European Union suspends direct aid to the Palestinian Authority after Hamas forms a government.", "EU>PS"),
    ("The U.S. freezes $7 billion of the assets of the Afghan central bank.", "US>AF"),
    ("New Zealand bans Israeli ministers Itamar Ben-Gvir and Bezalel Smotrich from entering the country.", "NZ>IL"),
    # retaliation over sentences, headlines, coreference
    ("The United States imposes tariffs on steel from Canada. Canada announces retaliatory tariffs.", "CA>US US>CA"),
    ("The United States imposes a 25% tariff on Chinese goods. China responds with tariffs of its own.", "CN>US US>CN"),
    (
        "The European Union freezes the assets of two Chinese officials. China retaliates by sanctioning ten "
        "European lawmakers.",
        "CN>EU EU>CN",
    ),
    (
        "Russia and the United States expel diplomats. Both countries also impose sanctions on each other's officials.",
        "RU>US US>RU",
    ),
    ("China and the United States lift sanctions on each other's officials.", "CN>US US>CN"),
    ("India and Pakistan ban each other's airlines from their airspace.", "IN>PK PK>IN"),
    ("Turkey and the United States lift sanctions they imposed on each other's ministers.", "TR>US US>TR"),
    ("Armenia and Azerbaijan close their airspace to each other's aircraft.", "AM>AZ AZ>AM"),
    ("Pakistan closes its airspace to Indian flights. India does the same for Pakistani flights.", "IN>PK PK>IN"),
    ("Poland closes its airspace to Russian airlines. The Czech Republic and Bulgaria follow suit.", "BG>RU CZ>RU PL>RU"),
    ("Canada bans Russian ships from its ports. Britain announces a similar ban.", "CA>RU GB>RU"),
    ("Syria condemns the Arab League's sanctions against it.", "ARAB_LEAGUE>SY"),
    ("Iran threatens to quit the treaty if the European Union re-imposes sanctions.", "EU>IR"),
    ("The Taliban say that sanctions on their leaders must be lifted.", "?>AF"),
    (
        "Myanmar's junta says that it is not worried about sanctions by the United States, Britain and Canada.",
        "CA>MM GB>MM US>MM",
    ),
    ("North Korea warns that any UN sanctions would be treated as an act of war.", "UN>KP"),
    ("Burundi's president is re-elected despite the threat of European Union sanctions against his government.", "EU>BI"),
    ("The European Parliament votes for a resolution calling for sanctions against Azerbaijan.", "EU>AZ"),
    ("Spain, Slovenia and Belgium ban the import of goods from Israeli settlements.", "BE>IL ES>IL SI>IL"),
    (
        "Norway, Britain, Canada, Australia and New Zealand impose sanctions on two Israeli ministers.",
        "AU>IL CA>IL GB>IL NO>IL NZ>IL",
    ),
    ("The UN Security Council lifts the sanctions on Iraq that were imposed after its invasion of Kuwait.", "UN>IQ"),
    ("The United States lifts most of its remaining sanctions on Sudan, including those imposed over Darfur.", "US>SD"),
    ("President Barack Obama extends sanctions against Burma for another year.", "US>MM"),
    (
        "President Obama announces that the United States will ease sanctions on Cuba as the two nations restore relations.",
        "US>CU",
    ),
    ("Secretary of State Condoleezza Rice says the U.S. will not lift sanctions on Hamas-led Palestinian government.", "US>PS"),
    ("Cuba's president Raúl Castro demands an end to the U.S. embargo against his country.", "US>CU"),
    (
        "Zimbabwean President Robert Mugabe blames British and American sanctions for the country's economic crisis.",
        "GB>ZW US>ZW",
    ),
    ("Zimbabwe's ruling party asks the European Union to lift travel bans on its leaders.", "EU>ZW"),
    ("Senegal and Ivory Coast support ECOWAS sanctions against Mali.", "ECOWAS>ML"),
    ("Algeria and Guinea oppose the sanctions that ECOWAS imposed on Mali.", "ECOWAS>ML"),
    ("Russia and China veto a UN resolution threatening Syria with sanctions.", "UN>SY"),
    ("The U.S. circulates a draft Security Council resolution that would ban North Korea from exporting coal.", "UN>KP"),
    ("The United States asks the Security Council to impose an arms embargo on South Sudan.", "UN>SS"),
    ("Britain and France ask the EU to lift its arms embargo on Syrian rebels.", "EU>SY"),
    ("Libya's government asks the United Nations to lift the arms embargo on the country.", "UN>LY"),
    ("A panel of experts recommends that the Security Council impose sanctions on two South Sudanese leaders.", "UN>SS"),
    ("Ukrainian president Petro Poroshenko signs a decree imposing sanctions on Russian officials and companies.", "UA>RU"),
    ("Japan's cabinet approves sanctions against North Korea after its nuclear test.", "JP>KP"),
    ("Tokyo bans North Korean ships from entering Japanese ports.", "JP>KP"),
    ("Seoul bans North Korean ships from its waters.", "KR>KP"),
    ("Taiwan bans exports of strategic goods to North Korea.", "TW>KP"),
    ("Moscow bans imports of Georgian wine and mineral water.", "RU>GE"),
    ("Russia bans Moldovan wine as the country prepares to sign an agreement with the European Union.", "RU>MD"),
    ("China suspends beef imports from four Australian abattoirs.", "CN>AU"),
    ("China bans imports of Lithuanian beef after Vilnius lets Taiwan open an office.", "CN>LT"),
    ("China sanctions Lockheed Martin and Raytheon over arms sales to Taiwan.", "CN>US"),
    ("China sanctions former US Secretary of State Mike Pompeo and 27 other Trump administration officials.", "CN>US"),
    ("Saudi Arabia bans imports from Lebanon and expels its ambassador.", "SA>LB"),
    ("Saudi Arabia freezes new trade with Canada.", "SA>CA"),
    ("The United Arab Emirates and Bahrain ban their airlines from flying to Qatar.", "AE>QA BH>QA"),
    ("Nepal accuses India of imposing an economic blockade.", "IN>NP"),
    ("Kosovo bans imports of goods from Serbia.", "XK>RS"),
    ("Bolivia's president Evo Morales criticises the United States for suspending trade preferences for his country.", "US>BO"),
    ("The Organization of American States suspends Honduras.", "OAS>HN"),
    ("The Commonwealth suspends Pakistan.", "COMMONWEALTH>PK"),
    ("The African Union suspends Sudan until civilian rule is restored.", "AFRICAN_UNION>SD"),
    ("The African Union and ECOWAS impose sanctions on the leaders of Guinea's coup.", "AFRICAN_UNION>GN ECOWAS>GN"),
    ("Mercosur suspends Paraguay.", "MERCOSUR>PY"),
    ("The Gulf Cooperation Council lists Hezbollah as a terrorist organization.", "GCC>LB"),
    # retaliation told by its reason
    ("Russia closes its airspace to Danish airlines in response to Denmark's ban on its carrier.", "DK>RU RU>DK"),
    ("China suspends imports of Lithuanian beef in retaliation for Lithuania's decision to open a Taiwanese office.", "CN>LT"),
    (
        "Kosovo raises tariffs on Serbian goods to 100 percent in retaliation for Serbia's campaign against its recognition.",
        "XK>RS",
    ),
    (
        "Turkey doubles tariffs on American cars and alcohol in response to the U.S. move to raise tariffs on Turkish steel.",
        "TR>US US>TR",
    ),
    # lists and places
    ("European Union ministers agree in Luxembourg to impose sanctions on Syria.", "EU>SY"),
    (
        "Meeting in Brussels, EU leaders adopt sanctions, including a ban on new investment in oil and gas, against Iran.",
        "EU>IR",
    ),
    ("The European Union adopts sanctions in Brussels against Belarus.", "EU>BY"),
    (
        "The United States imposes anti-dumping duties on steel pipes: 30% on imports from China and 12% on "
        "imports from India.",
        "US>CN US>IN",
    ),
    (
        "President Trump announces tariffs of 25% on goods from Mexico and Canada and 10% on goods from China.",
        "US>CA US>CN US>MX",
    ),
    ("Trump announces a 39% tariff on imports to the United States from Switzerland.", "US>CH"),
    ("The EU sanctions Russia. China calls the sanctions illegal.", "EU>RU"),
    ("The United States sanctions Iran. Russia condemns the sanctions, saying they are illegal.", "US>IR"),
    ("Cuba welcomes the lifting of sanctions on Venezuela by the United States.", "US>VE"),
    # others in reasons and background
    ("Denmark's Maersk stops shipping to Iran because of American sanctions.", "US>IR"),
    ("Total withdraws from Iran, citing U.S. sanctions.", "US>IR"),
    ("Turkey says that it will continue to buy Iranian gas despite American sanctions.", "US>IR"),
    ("Iran unveils a missile in defiance of UN sanctions.", "UN>IR"),
    ("North Korea fires two missiles hours after the UN Security Council adopts new sanctions.", "UN>KP"),
    ("Thousands protest in Caracas as the United States tightens sanctions on Venezuela's oil industry.", "US>VE"),
    ("The currency of Iran falls to a record low as U.S. sanctions take effect.", "US>IR"),
    ("Syria's economy has been hit hard by European Union and Arab League sanctions.", "ARAB_LEAGUE>SY EU>SY"),
    ("Sanctioned by the United States and the European Union, Belarusian potash is exported through Russia.", "EU>BY US>BY"),
    ("Russian oligarch Oleg Deripaska, who has been sanctioned by the United States, steps down.", "US>RU"),
    ("A Chinese tanker under U.S. sanctions sinks.", "US>CN"),
    ("Talks between Iran and six powers on easing sanctions end without a deal.", "?>IR"),
    ("Iran agrees to limit enrichment in exchange for relief from sanctions.", "?>IR"),
    ("Iran agrees to suspend enrichment in return for the lifting of European Union and American sanctions.", "EU>IR US>IR"),
    ("Israel warns against easing sanctions on Iran.", "?>IR"),
    ("Belarus frees prisoners, prompting the United States to lift sanctions on its airline Belavia.", "US>BY"),
    ("Gambia's president releases political prisoners after the EU suspended aid to the country.", "EU>GM"),
    # speaker
    (
        "U.S. Vice President Dick Cheney says that the UN should impose meaningful consequences including sanctions on Iran.",
        "UN>IR",
    ),
    ("Senator Marco Rubio calls on the Trump administration to sanction Venezuelan officials.", "US>VE"),
    ("Amnesty International calls for an arms embargo on South Sudan.", "?>SS"),
    ("The Dalai Lama says he opposes sanctions against Burma.", "?>MM"),
    ("Aung San Suu Kyi urges the international community to keep sanctions on Myanmar.", "?>MM"),
    ("UN Secretary-General Kofi Annan urges the Security Council to threaten Sudan with sanctions.", "UN>SD"),
    ("The International Crisis Group recommends that the EU impose sanctions on Guinean officials.", "EU>GN"),
    ("Lithuania's president proposes that the European Union sanction Russian judges.", "EU>RU"),
    ("Sweden and Finland propose EU sanctions on Hezbollah.", "EU>LB"),
    ("Germany rejects a Polish call for the European Union to ban Russian oil.", "EU>RU"),
    ("German Chancellor Angela Merkel says the EU is ready to impose further sanctions on Russia.", "EU>RU"),
    ("French President Nicolas Sarkozy calls for the European Union to adopt sanctions against Burma.", "EU>MM"),
    ("French President Nicolas Sarkozy says there must be stronger sanctions against Iran.", "?>IR"),
    ("British Prime Minister David Cameron says that the EU has agreed to ban Syrian oil.", "EU>SY"),
    ("British Foreign Secretary David Miliband announces that Britain will freeze the assets of Iran's Bank Melli.", "GB>IR"),
    ("A U.S. judge blocks the Trump administration's sanctions on ICC officials.", "US>ICC"),
    ("The World Trade Organization rules that U.S. tariffs on Chinese goods break its rules.", "US>CN"),
    ("The WTO allows the European Union to impose tariffs on $4 billion of American goods.", "EU>US"),
    # persons and bodies in apposition
    ("The United States imposes sanctions on Zimbabwe's president Emmerson Mnangagwa and ten others over corruption.", "US>ZW"),
    ("The US Treasury Department imposes sanctions on Saad al-Jabri's rivals in the Saudi Rapid Intervention Force.", "US>SA"),
    ("The United States sanctions former Bosnian Serb president Milorad Dodik over attempts to undermine the peace.", "US>BA"),
    ("The United States lifts its sanctions on Milorad Dodik, the leader of Bosnia's Republika Srpska.", "US>BA"),
    ("The United Kingdom sanctions Paul Kagame's army chief over support for M23 rebels.", "GB>RW"),
    (
        "The United States imposes sanctions on James Kabarebe, Rwanda's minister for regional integration, "
        "over support for M23 rebels in the Democratic Republic of the Congo.",
        "US>RW",
    ),
    ("The United States sanctions the president of Colombia, Gustavo Petro, along with his wife and son.", "US>CO"),
    (
        "The US State Department bars former Argentine president Cristina Fernández de Kirchner from entering the country.",
        "US>AR",
    ),
    ("The U.S. bars former Ecuadorian president Rafael Correa from entering.", "US>EC"),
    ("The United States bans former Guatemalan president Jimmy Morales from entry over corruption.", "US>GT"),
    ("The United States revokes the visa of Costa Rica's former president Óscar Arias.", "US>CR"),
    ("The United States sanctions Haitian senators Joseph Lambert and Youri Latortue for drug trafficking.", "US>HT"),
    ("Canada sanctions former Haitian president Michel Martelly and two former prime ministers.", "CA>HT"),
    ("The UN Security Council votes unanimously to sanction Haitian gang leader Jimmy Chérizier.", "UN>HT"),
    ("The United States designates Viv Ansanm and Gran Grif, two Haitian gangs, as terrorist organizations.", "US>HT"),
    ("The United States designates Venezuela's Cartel de los Soles as a foreign terrorist organization.", "US>VE"),
    ("Canada lists seven Latin American cartels as terrorist organizations, among them Mexico's Sinaloa Cartel.", "CA>MX"),
    (
        "The US designates eight cartels, including MS-13 of El Salvador and Tren de Aragua of Venezuela, as terrorist groups.",
        "US>SV US>VE",
    ),
    ("The United States sanctions two Rosneft subsidiaries for trading with Venezuela.", "US>RU"),
    ("The U.S. sanctions Myanmar's army chief Min Aung Hlaing.", "US>MM"),
    ("The European Union blacklists Sudan's Rapid Support Forces commander Abdelrahim Dagalo.", "EU>SD"),
    ("Britain sanctions the two rival Sudanese generals' business empires.", "GB>SD"),
    ("The United States sanctions Sudan's military leader Abdel Fattah al-Burhan.", "US>SD"),
    ("Switzerland freezes assets belonging to Ivory Coast's Laurent Gbagbo and Tunisia's Ben Ali.", "CH>CI CH>TN"),
    ("Switzerland freezes any assets held by Egypt's former president Hosni Mubarak.", "CH>EG"),
    ("The European Union lifts its freeze on the assets of Hosni Mubarak and his family.", "EU>EG"),
    ("The EU adds Iran's morality police and its chief to its sanctions list.", "EU>IR"),
    ("Australia sanctions the Iranian Revolutionary Guard Corps and lists it as a state sponsor of terrorism.", "AU>IR"),
    ("Argentina designates Hamas as a terrorist organization.", "AR>PS"),
    ("Paraguay designates Hezbollah and Hamas as terrorist organizations.", "PY>LB PY>PS"),
    (
        "Afghanistan's central bank assets in New York are frozen by the Biden administration after the Taliban take Kabul.",
        "US>AF",
    ),
    # territories
    ("The European Union bans imports from Crimea and Sevastopol.", "EU>UA-43"),
    ("The U.S. ends Hong Kong's special trade status.", "US>HK"),
    ("The US imposes sanctions on Hong Kong chief executive Carrie Lam and ten other officials.", "US>HK"),
    (
        "China imposes sanctions on eleven Americans, including senators Ted Cruz and Marco Rubio, in "
        "response to U.S. sanctions on Hong Kong officials.",
        "CN>US US>HK",
    ),
    ("The European Union imposes sanctions on members of Transnistria's leadership.", "EU>MD"),
    ("Turkey suspends trade with northern Iraq's Kurdistan Region.", "TR>IQ"),
    ("Iran closes its airspace to flights to Iraqi Kurdistan at the request of Baghdad.", "IR>IQ"),
    ("Russia bans imports of fruit from Abkhazia.", "RU>GE"),
    ("The Palestinian Authority bans Israeli dairy products.", "PS>IL"),
    ("Israel halts fuel deliveries to Gaza.", "IL>PS"),
    ("Taiwan bans imports of Chinese software after Beijing holds drills.", "TW>CN"),
    ("The United States suspends arms sales to Taiwan.", "US>TW"),
    ("Algeria closes its airspace to Moroccan aircraft.", "DZ>MA"),
    ("Algeria bans trade with Spain after Madrid changes its stance on Western Sahara.", "DZ>ES"),
]


@pytest.mark.parametrize(("words", "expected"), PAIRS)
def test_who_and_whom_are_told(words: str, expected: str) -> None:
    found = claims.read(Text("t", words, "", dt.date(2022, 3, 29), None))
    told = {
        f"{who}>{whom}" for claim in found for who in claim.issuer_codes or ("?",) for whom in claim.territory_codes or ("?",)
    }
    assert told == set(expected.split())

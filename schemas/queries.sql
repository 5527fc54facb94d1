-- The questions that the published DuckDB file answers by itself: views and table macros over the tables of `schemas`.
-- Plain SQL for DuckDB 1.3 and later, one statement at a time, in this order: later ones use earlier ones. The days
-- that a macro is asked for may be DATE or text (`'2022-04-05'`); a `known_on` that is left out means everything known.

-- Which states of each source are held, of which day, and under which address?
create or replace view editions as
with addresses as (
    select
        document_id,
        first(url order by retrieved_at, url) as url,
        cast(min(retrieved_at) as date) as retrieved_date
    from retrievals
    group by document_id
)
select
    documents.document_id,
    documents.source_id,
    coalesce(sources.register_code, sources.source_id) as register_code,
    coalesce(documents.published_date, own.retrieved_date, container.retrieved_date) as edition_date,
    documents.title,
    coalesce(own.url, documents.url, container.url) as url
from documents
join sources on sources.source_id = documents.source_id
left join addresses as own on own.document_id = documents.document_id
left join addresses as container on container.document_id = documents.container_document_id;
comment on view editions is 'Every document held: its source and register, the day it bears (else the day it was first retrieved) and its address.';

-- Where is a piece of evidence written? In a collection of pages the locator begins with the address of the page.
create or replace view evidence_places as
select
    evidence.evidence_id,
    evidence.document_id,
    editions.source_id,
    editions.register_code,
    editions.title as document_title,
    case
        when starts_with(evidence.locator, '/documents[url=') then split_part(evidence.locator, '''', 2)
        else editions.url
    end as written_at,
    editions.edition_date,
    evidence.locator,
    evidence.quote_text,
    evidence.extractor_name,
    evidence.extractor_version
from evidence
join editions on editions.document_id = evidence.document_id;
comment on view evidence_places is 'Every piece of evidence with its document, address, day, place and words.';

-- How did a register describe its entries, as the public could know it at the end of a day? One row per target: of the
-- versions known then the last one, also where the entry has left the register since.
create or replace macro entries_known(known_day) as table (
    from targets
    where cast(known_day as date) is null or known_from_at < cast(known_day as date) + interval 1 day
    qualify row_number() over (partition by target_id order by known_from_at desc) = 1
);
comment on macro table entries_known is 'One row per target, as its register described it at the end of a day (NULL: in the newest edition that shows it). Every version stands in targets.';

-- Which acts does a measure rest on?
create or replace view measure_acts as
select
    measure_instruments.measure_id,
    list(distinct instruments.number order by instruments.number) as instrument_numbers
from measure_instruments
join instruments on instruments.instrument_id = measure_instruments.instrument_id
group by measure_instruments.measure_id;
comment on view measure_acts is 'The numbers of the acts that each measure rests on, as one list.';

-- What does a dated step do to what it is a step of? role: start, lift, suspend or expire, NULL where it neither starts
-- nor ends it; step_preference: the lower the better where several steps tell one start or end. A step that was only
-- threatened, proposed, announced, approved, signed or enacted starts and ends nothing.
create or replace macro step_role(action_code, step_code) as
    case
        when step_code not in ('effective', 'unspecified', 'published') then null
        when action_code in ('impose', 'list') then 'start'
        when action_code in ('lift', 'delist') then 'lift'
        when action_code = 'suspend' then 'suspend'
        when action_code = 'expire' then 'expire'
    end;
comment on macro step_role is 'What a dated step does to its measure or listing: start, lift, suspend or expire; NULL where none of them.';

create or replace macro step_preference(step_code) as
    case step_code when 'effective' then 1 when 'unspecified' then 2 else 3 end;
comment on macro step_preference is 'Of several steps that tell one start or end the one with the lowest number counts.';

-- Which steps start or end a measure? Its own, and, as a last resort for the start, the first listing under it of each
-- span of knowledge. A start that only prose tells counts after all others where law or list tell an earlier one: a text
-- of 2021 on new names is no start of an order of 2006.
create or replace view measure_steps as
with steps as (
    select
        measure_id as subject_id, step_role(action_code, step_code) as role, step_preference(step_code) as preference,
        event_code, step_code, "date" as first_day, date_latest as last_day, is_approximate, evidence_id, date_id,
        known_from_at, known_until_at, claim_id is not null as is_told_by_prose
    from dates
    where listing_id is null and measure_id is not null and step_role(action_code, step_code) is not null
    union all
    -- Nothing binds before it was approved, signed or enacted; where no start is known, that day is the first possible.
    select
        measure_id, 'earliest', 9, event_code, step_code, "date", date_latest, is_approximate, evidence_id, date_id,
        known_from_at, known_until_at, claim_id is not null
    from dates
    where
        listing_id is null and measure_id is not null and action_code = 'impose'
        and step_code in ('approved', 'signed', 'enacted')
    union all
    select
        subject_id, 'start', preference, first_step.event_code, step_code, first_step.first_day, first_step.last_day,
        is_approximate, first_step.evidence_id, first_step.date_id, known_from_at, known_until_at, false
    from (
        select
            measure_id as subject_id, step_code, 4 as preference, is_approximate, known_from_at, known_until_at,
            arg_min(
                struct_pack(
                    event_code := event_code, first_day := "date", last_day := date_latest, evidence_id := evidence_id,
                    date_id := date_id
                ),
                row(coalesce(date_latest, date '9999-12-31'), coalesce("date", date '9999-12-31'), date_id)
            ) as first_step
        from (
            select
                listings.measure_id, dates.* exclude (measure_id),
                min(step_preference(dates.step_code)) over (
                    partition by dates.listing_id, dates.known_from_at, dates.known_until_at
                ) as best_preference
            from dates
            join listings on listings.listing_id = dates.listing_id
            where dates.action_code = 'list' and step_role(dates.action_code, dates.step_code) is not null
        )
        where step_preference(step_code) = best_preference
        group by all
    )
),
earliest as (
    select subject_id, min(first_day) as told_day
    from steps
    where role = 'start' and not is_told_by_prose
    group by subject_id
)
select
    steps.subject_id,
    steps.role,
    steps.preference
    + case when steps.is_told_by_prose and steps.role = 'start' and steps.first_day > earliest.told_day then 6 else 0 end
        as preference,
    steps.event_code, steps.step_code, steps.first_day, steps.last_day, steps.is_approximate, steps.evidence_id,
    steps.date_id, steps.known_from_at, steps.known_until_at
from steps
left join earliest on earliest.subject_id = steps.subject_id
order by steps.subject_id, steps.role, steps.date_id;
comment on view measure_steps is 'The steps that start or end each measure: its own and, as a last resort for the start, the first listing under it of each span of knowledge; with the role earliest those before which it cannot have started. in_force rests on it.';

-- Where are the measures and their steps written?
create or replace view measure_places as
select evidence_id, register_code, written_at, locator, quote_text
from evidence_places
where
    evidence_id in (select measure_steps.evidence_id from measure_steps)
    or evidence_id in (select measures.evidence_id from measures)
order by evidence_id;
comment on view measure_places is 'Where the measures and the steps that start or end them are written: address, place and words. in_force rests on it.';

-- Which dated steps start or end something, as the public could know them at the end of a day? `subject_id` is the
-- listing where `of_listings` is true, else the measure.
create or replace macro known_steps(of_listings, known_day) as table (
    with steps as (
        from measure_steps
        where not of_listings
        union all
        select
            listing_id, step_role(action_code, step_code), step_preference(step_code), event_code, step_code,
            "date", date_latest, is_approximate, evidence_id, date_id, known_from_at, known_until_at
        from dates
        where of_listings and listing_id is not null and step_role(action_code, step_code) is not null
    )
    select
        subject_id, role, preference, event_code, step_code, first_day, last_day, is_approximate, evidence_id, date_id
    from steps
    where
        (cast(known_day as date) is null or known_from_at < cast(known_day as date) + interval 1 day)
        and (known_until_at is null or known_until_at >= cast(known_day as date) + interval 1 day)
);
comment on macro table known_steps is 'The steps that start or end a measure (false) or a listing (true), as known at the end of a day (NULL: everything known). in_force and listed rest on it.';

-- What stood on a day, as known on another? One row per measure (of_listings false) or listing (true). A lift and a
-- suspension end it on their day, an expiry after its day; expiries count only where no lift is known, and only the last
-- one. After an end that has certainly passed only a later start counts, so that what was lifted or suspended may be
-- imposed again.
create or replace macro standing(of_listings, asked_day, known_day) as table (
    with steps as materialized (
        from known_steps(of_listings, known_day)
    ),
    ranked_ends as (
        select
            subject_id, role, first_day, last_day, is_approximate, preference,
            case role when 'expire' then first_day + 1 else first_day end as first_gone,
            case role when 'expire' then last_day + 1 else last_day end as last_gone,
            min(preference) over (partition by subject_id, role) as best_preference,
            bool_or(role = 'lift') over (partition by subject_id) as is_lifted,
            row_number() over (
                partition by subject_id, role
                order by coalesce(last_day, first_day) desc, first_day desc nulls last, date_id
            ) as place_from_last
        from steps
        where role in ('lift', 'suspend', 'expire')
    ),
    ends as (
        select * from ranked_ends
        where
            (role in ('lift', 'suspend') and preference = best_preference)
            or (role = 'expire' and not is_lifted and place_from_last = 1)
    ),
    passed as (
        select subject_id, max(last_gone) as ended_day
        from ends
        where last_gone <= cast(asked_day as date)
        group by subject_id
    ),
    next_ends as (
        select subject_id, first_gone, last_gone, is_approximate
        from ends
        where last_gone is null or last_gone > cast(asked_day as date)
        qualify row_number() over (partition by subject_id order by first_gone nulls last, last_gone nulls last) = 1
    ),
    starts as (
        select
            steps.*,
            passed.ended_day,
            min(steps.last_day) filter (steps.first_day is null and steps.step_code <> 'published')
                over (partition by steps.subject_id) as shown_day,
            -- Whatever its own steps leave open, a measure that somebody is listed under is there.
            not of_listings and steps.preference = 4 as is_listing
        from steps
        left join passed on passed.subject_id = steps.subject_id
        where steps.role = 'start' and (passed.ended_day is null or steps.first_day >= passed.ended_day)
    ),
    first_starts as (
        select
            subject_id,
            -- A step told as not after a day counts only where no step has days of its own up to that day.
            arg_min(
                struct_pack(event_code, step_code, first_day, last_day, is_approximate, evidence_id),
                row(
                    shown_day is not null and (first_day is null or coalesce(last_day > shown_day, true)),
                    preference, coalesce(last_day, date '9999-12-31'), coalesce(first_day, date '9999-12-31'), date_id
                )
            ) as step,
            least(
                min(shown_day),
                min(last_day) filter (is_listing and step_code <> 'published' and not is_approximate)
            ) as sure_day,
            -- An edition that still lacks a target after its stated day puts that day in doubt.
            max(last_day) filter (where of_listings) as doubtful_until
        from starts
        group by subject_id
    ),
    earliest_days as (
        select subject_id, min(first_day) as first_possible_day
        from steps
        where role = 'earliest'
        group by subject_id
    ),
    subjects as (
        select subject_id from first_starts
        union
        select subject_id from next_ends
        where
            subject_id not in (select subject_id from steps where role = 'start')
            and subject_id not in (select subject_id from passed)
    ),
    places as (
        select evidence_id, register_code from measure_places where not of_listings
        union all
        select evidence.evidence_id, editions.register_code
        from evidence
        join editions on editions.document_id = evidence.document_id
        where of_listings
    ),
    newest_editions as (
        select register_code, max(edition_date) as newest_date
        from editions
        where cast(known_day as date) is null or edition_date <= cast(known_day as date)
        group by register_code
    )
    select
        subjects.subject_id,
        coalesce(first_starts.step.first_day, earliest_days.first_possible_day) as start_date,
        first_starts.step.last_day as start_date_latest,
        first_starts.step.event_code as start_event_code,
        next_ends.first_gone - 1 as end_date,
        next_ends.last_gone - 1 as end_date_latest,
        case
            when (
                    (
                        first_starts.step.last_day <= cast(asked_day as date)
                        and first_starts.step.step_code <> 'published'
                        and not first_starts.step.is_approximate
                    )
                    or first_starts.sure_day <= cast(asked_day as date)
                )
                and (first_starts.doubtful_until is null or first_starts.doubtful_until <= cast(asked_day as date))
                and (
                    next_ends.subject_id is null
                    or (next_ends.first_gone > cast(asked_day as date) and not next_ends.is_approximate)
                )
                and newest_editions.newest_date >= cast(asked_day as date)
            then 'certain'
            else 'possible'
        end as certainty_code,
        first_starts.step.evidence_id as start_evidence_id
    from subjects
    left join first_starts on first_starts.subject_id = subjects.subject_id
    left join next_ends on next_ends.subject_id = subjects.subject_id
    left join earliest_days
        on earliest_days.subject_id = subjects.subject_id
        and (first_starts.step.last_day is null or earliest_days.first_possible_day <= first_starts.step.last_day)
    left join places on places.evidence_id = first_starts.step.evidence_id
    left join newest_editions on newest_editions.register_code = places.register_code
    where coalesce(first_starts.step.first_day, earliest_days.first_possible_day, date '0001-01-01') <= cast(asked_day as date)
);
comment on macro table standing is 'The measures (false) or listings (true) that stood on a day, as known on another, with first and last days and certainty. in_force and listed rest on it.';

-- Which measures were in force on a day, as the public could know it on another, and where is that written?
create or replace macro measures_in_force(asked_day, known_day) as table (
    select
        measures.measure_id,
        measures.issuer_code,
        measures.measure_type_code,
        measures.title,
        measures.territory_codes,
        measures.goods_text,
        standing.start_date,
        standing.start_date_latest,
        standing.start_event_code,
        standing.end_date,
        standing.end_date_latest,
        standing.certainty_code,
        coalesce(measure_acts.instrument_numbers, []) as instrument_numbers,
        measure_places.written_at,
        measure_places.locator,
        measure_places.quote_text
    from standing(false, asked_day, known_day) as standing
    join measures on measures.measure_id = standing.subject_id
    left join measure_acts on measure_acts.measure_id = measures.measure_id
    left join measure_places
        on measure_places.evidence_id = coalesce(standing.start_evidence_id, measures.evidence_id)
    order by measures.issuer_code, standing.start_date, measures.measure_id
);
comment on macro table measures_in_force is 'in_force with both days given; known_day NULL means everything known.';

-- Which measures were in force on a day, as the public could know it on another, and where is that written?
create or replace macro in_force(on_date) as table (
    from measures_in_force(on_date, null)
), (on_date, known_on) as table (
    from measures_in_force(on_date, known_on)
);
comment on macro table in_force is 'Measures in force on a day, and where that is written. in_force(DATE ''2022-04-05''), or as it could be known on another day: in_force(DATE ''2022-04-05'', DATE ''2022-03-30''). certainty_code is possible where the precision of a day, a missing day or the editions held leave doubt. What is suspended on the day is not in force. start_date and start_date_latest are the first and last possible first day in force, end_date and end_date_latest the same of the last day.';

-- Who was listed under what on a day, as the public could know it on another, and where is that written?
create or replace macro targets_listed(asked_day, known_day) as table (
    select
        listings.listing_id,
        listings.measure_id,
        listings.target_id,
        targets.register_code,
        measures.issuer_code,
        targets.target_type_code,
        targets.name,
        targets.country_codes,
        measures.measure_type_code,
        measures.title,
        standing.start_date,
        standing.start_date_latest,
        standing.start_event_code,
        standing.end_date,
        standing.end_date_latest,
        standing.certainty_code,
        listings.basis_code,
        listings.origin_code,
        evidence_places.written_at,
        evidence_places.locator,
        evidence_places.quote_text
    from standing(true, asked_day, known_day) as standing
    join listings on listings.listing_id = standing.subject_id
    join entries_known(known_day) as targets on targets.target_id = listings.target_id
    join measures on measures.measure_id = listings.measure_id
    left join evidence_places
        on evidence_places.evidence_id = coalesce(standing.start_evidence_id, listings.evidence_id)
    order by targets.register_code, targets.name, listings.listing_id
);
comment on macro table targets_listed is 'listed with both days given; known_day NULL means everything known.';

-- Who was listed under what on a day, as the public could know it on another, and where is that written?
create or replace macro listed(on_date) as table (
    from targets_listed(on_date, null)
), (on_date, known_on) as table (
    from targets_listed(on_date, known_on)
);
comment on macro table listed is 'Targets listed on a day, one row per listing: listed(DATE ''2022-04-05''), or as it could be known on another day: listed(DATE ''2022-04-05'', DATE ''2022-03-30''). certainty_code as in in_force.';

-- How are names compared? In lower case, without accents, with one blank for every run of blanks and punctuation.
create or replace macro plain_name(written) as
    trim(regexp_replace(lower(strip_accents(written)), '[\s\pP\pZ]+', ' ', 'g'));
comment on macro plain_name is 'A name as it is compared: lower case, no accents, one blank for every run of blanks and punctuation.';

-- Which targets bear a name, or an identifier (passport, IMO number, wallet)?
create or replace macro find_target(text) as table (
    with asked as (
        select plain_name(text) as asked_name, string_split(plain_name(text), ' ') as asked_words
    ),
    said as (
        select target_id, name as matched_text, name_type_code as matched_as from target_names
        union all
        select target_id, name, 'primary' from targets where name is not null
        union all
        select target_id, name_latin, 'primary' from targets where name_latin is not null
        union all
        select target_id, value, identifier_type_code from target_identifiers
        union all
        select target_id, target_id, 'target_id' from targets
        union all
        select target_id, source_key, 'source_key' from targets
    ),
    plain as (
        select target_id, matched_text, matched_as, plain_name(matched_text) as plain_text from said
    ),
    compared as (
        select
            target_id, matched_text, matched_as,
            case
                when trim(text) = matched_text then 1
                when asked_name = plain_text then 2
                when matched_as in ('target_id', 'source_key') then null
                when contains(plain_text, asked_name) then 3
                when list_has_all(string_split(plain_text, ' '), asked_words) then 4
            end as closeness
        from plain
        cross join asked
        where asked_name <> ''
    ),
    best as (
        select * from compared
        where closeness is not null
        qualify row_number() over (partition by target_id order by closeness, matched_as, matched_text) = 1
    )
    select
        targets.target_id,
        targets.name,
        best.matched_text,
        best.matched_as,
        targets.register_code,
        targets.issuer_code,
        targets.target_type_code,
        targets.country_codes,
        targets.birth_date,
        targets.birth_date_latest,
        targets.is_current,
        targets.entity_id,
        targets.source_url,
        evidence_places.written_at,
        evidence_places.locator
    from best
    join entries_known(null) as targets on targets.target_id = best.target_id
    left join evidence_places on evidence_places.evidence_id = targets.evidence_id
    order by best.closeness, targets.name, targets.target_id
);
comment on macro table find_target is 'Targets whose name, alias or identifier holds the text, or all of its words in any order; the closest first. Case, accents and punctuation do not matter: find_target(''al qaida'').';

-- The table most people want: who is or was listed by whom, for what, since when, and where is that written?
create or replace view listings_wide as
with names as (
    select target_id, list(distinct name order by name) as all_names
    from target_names
    group by target_id
)
select
    listings.listing_id,
    listings.target_id,
    targets.name,
    coalesce(names.all_names, []) as all_names,
    targets.target_type_code,
    targets.country_codes,
    targets.birth_date,
    targets.birth_date_latest,
    targets.register_code,
    targets.source_key,
    measures.issuer_code,
    listings.measure_id,
    measures.measure_type_code,
    measures.title as measure_title,
    programmes.name as programme_name,
    measures.territory_codes,
    listings.spell_number,
    listings.listed_date,
    listings.delisted_date,
    listings.expiry_date,
    listings.status_code,
    listings.basis_code,
    listings.origin_code,
    listings.reason_text,
    targets.source_url,
    evidence_places.written_at,
    evidence_places.locator
from listings
join entries_known(null) as targets on targets.target_id = listings.target_id
join measures on measures.measure_id = listings.measure_id
left join programmes on programmes.programme_id = measures.programme_id
left join names on names.target_id = listings.target_id
left join evidence_places on evidence_places.evidence_id = listings.evidence_id;
comment on view listings_wide is 'The table most people want: one row per listing with the names of the target, issuer, type of measure, today''s best dates, and the address and place where it is written.';

-- Under which measures does a target stand or did it stand?
create or replace macro listings_of(target) as table (
    select listings_wide.*
    from listings_wide
    where listings_wide.target_id in (select found.target_id from find_target(target) as found)
    order by name, target_id, listed_date, listing_id
);
comment on macro table listings_of is 'The listings of a target, given by its target_id or by a name as in find_target.';

-- Which measures are directed at a territory, or hit a target?
create or replace macro measures_against(territory_or_name) as table (
    with same_territory as (
        select code from territories
        where code = upper(trim(territory_or_name)) or plain_name(name) = plain_name(territory_or_name)
    ),
    asked_territory as (
        from same_territory
        union
        select code from territories
        where
            length(plain_name(territory_or_name)) > 3
            and (
                starts_with(plain_name(name), plain_name(territory_or_name) || ' ')
                or (starts_with(plain_name(name), plain_name(territory_or_name)) and not exists (from same_territory))
            )
    ),
    hits as (
        select distinct measures.measure_id, cast(null as varchar) as target_id, cast(null as varchar) as target_name
        from measures
        cross join asked_territory
        where list_contains(measures.territory_codes, asked_territory.code)
        union all
        select distinct listings.measure_id, found.target_id, found.name
        from find_target(territory_or_name) as found
        join listings on listings.target_id = found.target_id
        where not exists (from asked_territory)
    )
    select
        measures.measure_id,
        measures.issuer_code,
        measures.measure_type_code,
        measures.title,
        measures.scope_code,
        measures.territory_codes,
        measures.goods_text,
        hits.target_id,
        hits.target_name,
        measures.status_code,
        measures.announced_date,
        measures.approved_date,
        measures.published_date,
        measures.effective_date,
        measures.expiry_date,
        measures.lifted_date,
        coalesce(measure_acts.instrument_numbers, []) as instrument_numbers,
        evidence_places.written_at,
        evidence_places.locator,
        evidence_places.quote_text
    from hits
    join measures on measures.measure_id = hits.measure_id
    left join measure_acts on measure_acts.measure_id = measures.measure_id
    left join evidence_places on evidence_places.evidence_id = measures.evidence_id
    order by measures.issuer_code, measures.effective_date, measures.measure_id, hits.target_name, hits.target_id
);
comment on macro table measures_against is 'Measures directed at a territory, by code (''RU'') or English name (''Russia''); where the text names none, the measures that a target of that name is listed under.';

-- What happened to a measure, step by step, and how long from announcement to effect?
create or replace macro timeline(measure) as table (
    with steps as (
        select dates.*
        from dates
        join measures on measures.measure_id = dates.measure_id
        where dates.listing_id is null and measure in (measures.measure_id, measures.measure_slug)
    ),
    firsts as (
        select
            measure_id,
            min("date") filter (event_code = 'announced') as announced_day,
            min("date") filter (event_code = 'effective') as effective_day
        from steps
        where date_precision_code = 'day' and known_until_at is null
        group by measure_id
    )
    select
        steps.measure_id,
        steps."date",
        steps.date_latest,
        steps.date_precision_code,
        steps.event_code,
        steps.action_code,
        steps.step_code,
        case when steps.date_precision_code = 'day' then steps."date" - firsts.announced_day end
            as days_since_announced,
        firsts.effective_day - firsts.announced_day as days_from_announced_to_effective,
        steps.date_text,
        steps.is_derived,
        steps.derivation_text,
        instruments.number as instrument_number,
        steps.known_from_at,
        steps.known_until_at,
        evidence_places.written_at,
        evidence_places.locator,
        evidence_places.quote_text,
        steps.date_id,
        instruments.url as act_url
    from steps
    left join firsts on firsts.measure_id = steps.measure_id
    left join instruments on instruments.instrument_id = steps.instrument_id
    left join evidence_places on evidence_places.evidence_id = steps.evidence_id
    order by coalesce(steps."date", steps.date_latest), steps.date_latest, steps.known_from_at, steps.date_id
);
comment on macro table timeline is 'The dated steps of a measure, oldest first, with the days from its announcement to the step and to its effect. Rows with known_until_at were overtaken by a later edition; act_url is where the act itself can be read.';

-- Where is it written, and what does that say for it?
create or replace macro evidence_of(id) as table (
    with asked_listings as (
        select * from listings where id in (listing_id, target_id)
    ),
    support as (
        select evidence_id, 'is the piece of evidence itself' as why, cast(null as varchar) as address
        from evidence where evidence_id = id
        union all
        select
            measure_keys.evidence_id,
            'says that the measure exists: ' || measure_keys.source_id || ' ' || measure_keys.why_text,
            null
        from measure_keys where measure_id = id
        union all
        select evidence_id, 'is the entry of the target in its register', null
        from targets where target_id = id
        union all
        select evidence_id, 'says that the target stands under measure ' || measure_id, null
        from asked_listings
        union all
        select targets.evidence_id, 'is the entry of the target that is listed', null
        from targets join asked_listings on asked_listings.target_id = targets.target_id
        where asked_listings.listing_id = id
        union all
        select
            measures.evidence_id,
            'says that measure ' || measures.measure_id || ' exists, under which the target is listed',
            null
        from measures join asked_listings on asked_listings.measure_id = measures.measure_id
        union all
        select
            dates.evidence_id,
            case when dates.is_derived then 'lets the day of a step be derived: ' else 'gives the day of a step: ' end
            || dates.event_code || ' '
            || case dates.date_precision_code
                when 'day' then cast(dates."date" as varchar)
                when 'not_after' then 'not after ' || cast(dates.date_latest as varchar)
                when 'not_before' then 'not before ' || cast(dates."date" as varchar)
                else coalesce(
                    'between ' || cast(dates."date" as varchar) || ' and ' || cast(dates.date_latest as varchar),
                    dates.date_text,
                    'no day'
                )
            end,
            acts.url
        from dates
        left join instruments as acts on acts.instrument_id = dates.instrument_id
        where
            id in (dates.date_id, dates.measure_id, dates.claim_id)
            or dates.listing_id in (select asked_listings.listing_id from asked_listings)
        union all
        select evidence_id, 'names goods that are covered: ' || coalesce(goods_code, goods_text), null
        from goods where id in (goods_id, measure_id)
        union all
        select instruments.evidence_id, 'is, or shows, the act ' || instruments.number, instruments.url
        from instruments
        where
            instruments.instrument_id = id
            or instruments.instrument_id in (select instrument_id from measure_instruments where measure_id = id)
            or instruments.instrument_id in (select instrument_id from dates where date_id = id)
        union all
        select
            evidence_id,
            'is what a program read in the document: ' || action_code || coalesce(' ' || goods_text, '')
            || coalesce(' (' || reason_text || ')', ''),
            null
        from claims where id in (claim_id, measure_id)
    )
    select distinct
        support.why,
        evidence_places.document_id,
        evidence_places.document_title,
        coalesce(evidence_places.written_at, support.address) as written_at,
        evidence_places.edition_date,
        evidence_places.locator,
        evidence_places.quote_text,
        evidence_places.extractor_name,
        evidence_places.extractor_version,
        evidence_places.source_id,
        support.evidence_id,
        support.address as act_url
    from support
    left join evidence_places on evidence_places.evidence_id = support.evidence_id
    order by evidence_places.edition_date, support.evidence_id, support.why
);
comment on macro table evidence_of is 'Where something is written, by the id of a measure, target, listing, date, item of goods, instrument, claim or piece of evidence: the document, its address and day, the place, the words, the program that read it, and why it counts; act_url is where the act itself can be read, for a step or an act.';

-- How far back and up to which day does each source reach, and may a change in between have been missed?
create or replace view coverage as
with days as (
    select
        source_id,
        edition_date,
        edition_date - lag(edition_date) over (partition by source_id order by edition_date) as gap_days
    from (select distinct source_id, edition_date from editions where edition_date is not null)
),
held as (
    select
        source_id,
        min(edition_date) as earliest_edition_date,
        max(edition_date) as latest_edition_date,
        count(*) as edition_day_count,
        max(gap_days) as longest_gap_days
    from days
    group by source_id
)
select
    sources.register_code,
    sources.source_id,
    sources.title,
    sources.publisher_name,
    sources.issuer_code,
    sources.kind_code,
    sources.cadence,
    held.earliest_edition_date,
    held.latest_edition_date,
    coalesce(held.edition_day_count, 0) as edition_day_count,
    held.longest_gap_days,
    case sources.cadence
        when 'daily' then held.longest_gap_days <= 1
        when 'weekly' then held.longest_gap_days <= 7
        when 'monthly' then held.longest_gap_days <= 31
    end as is_history_complete
from sources
left join held on held.source_id = sources.source_id
order by sources.register_code nulls last, sources.source_id;
comment on view coverage is 'What is held of each source: first and last edition, days with an edition, longest gap. is_history_complete: true where no gap between the first and the last edition is longer than the cadence; NULL where the cadence is irregular or fewer than two days are held.';

-- Who else took the same kind of measure against the same territory, who was first, and how many days behind were the
-- others?
create or replace view alignment as
with first_days as (
    -- The start of each measure as in_force tells it; NULL where no source tells the day.
    select
        subject_id as measure_id,
        arg_min(
            case when first_day = last_day then first_day end,
            row(first_day is null or first_day <> last_day, preference, last_day, date_id)
        ) as start_date
    from measure_steps
    where role = 'start' and known_until_at is null
    group by subject_id
),
started as (
    select
        measures.measure_type_code,
        unnest(measures.territory_codes) as territory_code,
        measures.issuer_code,
        measures.measure_id,
        first_days.start_date
    from measures
    join first_days on first_days.measure_id = measures.measure_id
),
first_of_issuer as (
    select
        measure_type_code, territory_code, issuer_code,
        min(start_date) as start_date,
        first(measure_id order by start_date nulls last, measure_id) as measure_id,
        count(*) as measure_count,
        count(*) - count(start_date) as undated_measure_count
    from started
    group by measure_type_code, territory_code, issuer_code
)
select
    measure_type_code,
    territory_code,
    issuer_code,
    measure_id,
    start_date,
    first(issuer_code) over in_order as first_issuer_code,
    start_date - min(start_date) over in_order as days_behind,
    measure_count,
    undated_measure_count
from first_of_issuer
window in_order as (
    partition by measure_type_code, territory_code
    order by start_date nulls last, issuer_code
    rows between unbounded preceding and unbounded following
)
qualify count(*) over (partition by measure_type_code, territory_code) > 1 and min(start_date) over in_order is not null
order by measure_type_code, territory_code, start_date nulls last, issuer_code;
comment on view alignment is 'The same kind of measure against the same territory by several issuers: each issuer''s first one, who was first, and how many days behind. Starts as in in_force: effective, else imposed, else published, else the earliest listing. measure_count: how many such measures the issuer has; undated_measure_count: those whose first day no source tells, so that the issuer may have been earlier; an issuer with none but those stands last, without a day.';

-- Which entries did a register, or one list of it, show by the end of a day, as its editions tell?
create or replace macro shown_by(register_or_list, asked_day) as table (
    with gone as (
        select listing_id
        from dates
        where
            action_code = 'delist' and known_from_at < cast(asked_day as date) + interval 1 day
            and (known_until_at is null or known_until_at >= cast(asked_day as date) + interval 1 day)
    )
    select listings.target_id
    from listings
    join measures on measures.measure_id = listings.measure_id
    where
        listings.known_from_at < cast(asked_day as date) + interval 1 day
        and listings.listing_id not in (select gone.listing_id from gone)
        and (
            measures.title = register_or_list
            or listings.target_id in (select targets.target_id from targets where register_code = register_or_list)
        )
    union
    select target_id  -- an entry under no measure is told by its versions alone
    from targets
    where
        register_code = register_or_list
        and target_id not in (select listings.target_id from listings)
        and known_from_at < cast(asked_day as date) + interval 1 day
        and (known_until_at is null or known_until_at >= cast(asked_day as date) + interval 1 day)
);
comment on macro table shown_by is 'The entries that a register, or one list of it, showed by the end of a day, as the editions held until then tell. moved_between rests on it.';

-- Who came to a register, or to one list of it, and who left it between two days, as its editions tell?
create or replace macro moved_between(register_or_list, a, b) as table (
    with moved as (
        select target_id, 'added' as change_code from (from shown_by(register_or_list, b) except from shown_by(register_or_list, a))
        union all
        select target_id, 'removed' from (from shown_by(register_or_list, a) except from shown_by(register_or_list, b))
    )
    select
        moved.change_code, targets.target_id, targets.name, targets.target_type_code, targets.country_codes,
        targets.source_key, evidence_places.written_at, evidence_places.locator
    from moved
    join entries_known(null) as targets on targets.target_id = moved.target_id
    left join evidence_places on evidence_places.evidence_id = targets.evidence_id
    order by moved.change_code, targets.name, targets.target_id
);
comment on macro table moved_between is 'Who came to a register and who left it between the ends of two days, as its editions tell: moved_between(''un_sc'', ''2022-02-18'', ''2022-03-07''), or one list of it by its title: moved_between(''SDN List'', ''2022-02-23'', ''2022-03-30''). The end of an entry counts on the day of the first edition without it.';

-- What does the snapshot of one day say otherwise than that of an earlier day?
create or replace macro changes_between(a, b) as table (
    select * from changes
    where snapshot_date > cast(a as date) and snapshot_date <= cast(b as date)
    order by snapshot_date, "table", key
);
comment on macro table changes_between is 'What the snapshots after day a, up to and with day b, say otherwise than the ones before them.';

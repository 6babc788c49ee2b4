//! The engine's promises, example by example and then for any order of events.

use super::*;
use proptest::prelude::*;

fn plan(stages: &[(u64, &[Option<u64>])], thinking_ms: u64) -> Plan {
    let prompt = |stage: usize, index: usize, budget_ms: Option<u64>| PlannedPrompt {
        question: format!("q{stage}-{index}"),
        title: "A question".into(),
        budget_ms,
        probes: 2,
        pad: None,
        optional: false,
    };
    let stages = stages.iter().enumerate().map(|(s, (budget_ms, prompts))| PlannedStage {
        id: format!("s{s}"),
        title: "A stage".into(),
        budget_ms: *budget_ms,
        prompts: prompts.iter().enumerate().map(|(p, own)| prompt(s, p, *own)).collect(),
    });
    Plan { kind: SessionKind::Drill, title: "Test".into(), thinking_ms, stages: stages.collect() }
}

/// Feeds events that are due in order, keeping time still.
fn run(mut state: State, events: &[Event]) -> (State, Vec<Effect>) {
    let mut effects = Vec::new();
    for event in events {
        let reaction = step(&state, event, 0);
        state = reaction.state;
        effects.extend(reaction.effects);
    }
    (state, effects)
}

fn begin(take: &str) -> Event {
    Event::Begin { take: take.into() }
}

fn first(take: &str) -> Event {
    Event::FirstSample { take: take.into() }
}

fn samples(take: &str, ms: u64) -> Event {
    Event::Samples { take: take.into(), ms }
}

fn closed(take: &str, ms: u64) -> Event {
    Event::Closed { take: take.into(), ms }
}

#[test]
fn the_clock_starts_with_the_first_sample() {
    let state = State::new(plan(&[(180_000, &[None])], 0));
    let (opening, effects) = run(state, &[begin("a"), samples("a", 500)]);
    assert!(matches!(opening.phase, Phase::Opening { .. }), "not answering before a sample arrived");
    assert!(effects.contains(&Effect::StartTake { take: "a".into(), limit_ms: 180_000 }));
    let (answering, _) = run(opening, &[first("a"), samples("a", 500)]);
    assert_eq!(Clock::read(&answering).unwrap().left_ms, 179_500);
}

#[test]
fn the_budget_ends_the_answer_and_is_a_result() {
    let state = State::new(plan(&[(180_000, &[None]), (60_000, &[None])], 0));
    let limit = Event::Limit { take: "a".into(), ms: 180_000 };
    let (state, effects) = run(state, &[begin("a"), first("a"), samples("a", 179_990), limit]);
    assert_eq!(state.phase, Phase::Between);
    assert_eq!(state.outcomes[0].ended, Ended::TimeUp);
    assert!(effects.contains(&Effect::Mark { take: "a".into(), mark: Mark::TimeUp, at_ms: 180_000 }));
    assert!(effects.contains(&Effect::CloseTake { take: "a".into(), ended: Ended::TimeUp }));
}

#[test]
fn one_minute_is_said_once_and_not_in_short_answers() {
    let long = State::new(plan(&[(180_000, &[None])], 0));
    let (_, effects) = run(
        long,
        &[begin("a"), first("a"), samples("a", 120_001), samples("a", 121_000), samples("a", 150_000)],
    );
    let said = effects.iter().filter(|effect| matches!(effect, Effect::Mark { mark: Mark::OneMinute, .. }));
    assert_eq!(said.count(), 1);
    let short = State::new(plan(&[(90_000, &[None])], 0));
    let (_, effects) = run(short, &[begin("a"), first("a"), samples("a", 40_000)]);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Mark { .. })));
}

#[test]
fn a_stage_clock_runs_across_its_prompts_and_between_them() {
    let state = State::new(plan(&[(300_000, &[None, None])], 0));
    let (state, _) =
        run(state, &[begin("a"), first("a"), samples("a", 100_000), Event::End, closed("a", 100_000)]);
    let between = step(&state, &Event::Tick, 4_000).state;
    assert_eq!(
        Clock::read(&between).unwrap().stage_left_ms,
        196_000,
        "reading the next prompt costs stage time"
    );
    let asked = step(&between, &Event::Next, 4_000).state;
    let reaction = step(&asked, &begin("b"), 4_000);
    assert!(reaction.effects.contains(&Effect::StartTake { take: "b".into(), limit_ms: 196_000 }));
}

#[test]
fn prompts_not_reached_are_recorded_when_the_stage_is_over() {
    let state = State::new(plan(&[(60_000, &[None, None, None]), (60_000, &[None])], 0));
    let limit = Event::Limit { take: "a".into(), ms: 60_000 };
    let (state, _) = run(state, &[begin("a"), first("a"), limit, Event::Next]);
    let ended: Vec<_> = state.outcomes.iter().map(|outcome| (outcome.prompt, outcome.ended)).collect();
    assert_eq!(ended, [(0, Ended::TimeUp), (1, Ended::NotReached), (2, Ended::NotReached)]);
    assert_eq!((state.stage, state.prompt), (1, 0));
    assert_eq!(state.phase, Phase::Asked);
}

#[test]
fn a_prompt_budget_inside_a_stage_ends_only_that_prompt() {
    let state = State::new(plan(&[(1_200_000, &[Some(600_000), Some(600_000)])], 0));
    let limit = Event::Limit { take: "a".into(), ms: 600_000 };
    let (state, effects) = run(state, &[begin("a"), first("a"), limit, Event::Next]);
    assert!(effects.contains(&Effect::StartTake { take: "a".into(), limit_ms: 600_000 }));
    assert_eq!((state.stage, state.prompt, &state.phase), (0, 1, &Phase::Asked));
    assert_eq!(Clock::read(&state).unwrap().left_ms, 600_000);
}

#[test]
fn probes_come_one_at_a_time_and_only_while_answering() {
    let state = State::new(plan(&[(180_000, &[None])], 0));
    let (state, _) = run(state, &[Event::Probe, begin("a"), Event::Probe, first("a")]);
    assert_eq!(state.probes_shown(), 0);
    let (state, effects) = run(state, &[samples("a", 9_000), Event::Probe, Event::Probe, Event::Probe]);
    assert_eq!(state.probes_shown(), 2, "no more than there are");
    assert!(effects.contains(&Effect::Mark {
        take: "a".into(),
        mark: Mark::Probe { index: 0 },
        at_ms: 9_000
    }));
}

#[test]
fn a_pause_keeps_the_take_as_interrupted_and_asks_again() {
    let state = State::new(plan(&[(180_000, &[None])], 0));
    let (state, _) = run(
        state,
        &[begin("a"), first("a"), samples("a", 30_000), Event::Pause, closed("a", 30_100), Event::Resume],
    );
    assert_eq!(state.phase, Phase::Asked);
    assert_eq!(state.outcomes[0].ended, Ended::Interrupted);
    assert_eq!(Clock::read(&state).unwrap().left_ms, 149_900);
}

#[test]
fn a_crash_resumes_where_it_stood() {
    let state = State::new(plan(&[(60_000, &[None]), (180_000, &[None, None])], 0));
    let (state, _) = run(
        state,
        &[
            begin("a"),
            first("a"),
            Event::Next,
            closed("a", 20_000),
            begin("b"),
            first("b"),
            samples("b", 50_000),
        ],
    );
    let saved: State = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
    let resumed = saved.after_crash(49_000);
    assert_eq!((resumed.stage, resumed.prompt, &resumed.phase), (1, 0, &Phase::Paused));
    assert_eq!(resumed.outcomes[1].answered_ms, 49_000);
    assert_eq!(Clock::read(&resumed).unwrap().stage_left_ms, 131_000);
}

#[test]
fn sleep_pauses_instead_of_eating_the_stage() {
    let state = State::new(plan(&[(300_000, &[None, None])], 0));
    let (state, _) = run(state, &[begin("a"), first("a"), Event::End, closed("a", 1_000), Event::Next]);
    let awake = step(&state, &Event::Tick, 3_600_000).state;
    assert_eq!(awake.phase, Phase::Paused);
    assert_eq!(Clock::read(&awake).unwrap().stage_left_ms, 299_000);
}

#[test]
fn thinking_time_comes_before_the_clock() {
    let state = State::new(plan(&[(180_000, &[None])], 30_000));
    let (state, _) = run(state, &[begin("a")]);
    assert_eq!(state.phase, Phase::Thinking { left_ms: 30_000 });
    let thinking = step(&state, &Event::Tick, 4_000).state;
    assert_eq!(thinking.phase, Phase::Thinking { left_ms: 26_000 });
    let reaction = step(&thinking, &begin("a"), 4_000);
    assert!(reaction.effects.contains(&Effect::StartTake { take: "a".into(), limit_ms: 180_000 }));
}

/// An event as chance makes it; takes are named later, so that most events concern the running take.
#[derive(Clone, Debug)]
enum Chance {
    Person(Event),
    Begin,
    First,
    Samples(u64),
    Limit,
    Closed,
    BrokeOff,
    Stray,
    Crash,
}

fn chance() -> impl Strategy<Value = Chance> {
    prop_oneof![
        8 => Just(Chance::Begin),
        8 => Just(Chance::First),
        8 => (0u64..400_000).prop_map(Chance::Samples),
        3 => Just(Chance::Limit),
        8 => Just(Chance::Closed),
        1 => Just(Chance::BrokeOff),
        1 => Just(Chance::Stray),
        1 => Just(Chance::Crash),
        4 => Just(Chance::Person(Event::Tick)),
        4 => Just(Chance::Person(Event::End)),
        4 => Just(Chance::Person(Event::Next)),
        3 => Just(Chance::Person(Event::Probe)),
        2 => Just(Chance::Person(Event::Skip)),
        2 => Just(Chance::Person(Event::Pause)),
        4 => Just(Chance::Person(Event::Resume)),
        1 => Just(Chance::Person(Event::Abandon)),
    ]
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let prompts = prop::collection::vec(prop::option::of(1_000u64..300_000), 1..4);
    let stages = prop::collection::vec((1_000u64..600_000, prompts), 1..4);
    (stages, prop_oneof![Just(0u64), 1u64..60_000]).prop_map(|(stages, thinking)| {
        let borrowed: Vec<(u64, &[Option<u64>])> =
            stages.iter().map(|(budget, prompts)| (*budget, prompts.as_slice())).collect();
        plan(&borrowed, thinking)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Whatever happens in whatever order: no take is lost or counted twice, no probe is shown before it was asked,
    /// no time is negative or beyond its budget, and a session that is over stays over.
    #[test]
    fn no_order_of_events_breaks_a_promise(
        plan in any_plan(),
        events in prop::collection::vec((chance(), 0u64..10_000_000), 0..80),
    ) {
        let mut state = State::new(plan);
        let mut started: Vec<TakeId> = Vec::new();
        let mut running_ms = 0u64;
        for (chance, now) in events {
            let take = state.take().unwrap_or("none").to_owned();
            let limit = Clock::read(&state).map_or(0, |clock| clock.left_ms + running_ms);
            let event = match chance {
                Chance::Person(event) => event,
                Chance::Begin => Event::Begin { take: format!("take-{}", started.len()) },
                Chance::First => Event::FirstSample { take },
                Chance::Samples(ms) => Event::Samples { take, ms: ms.min(limit) },
                Chance::Limit => Event::Limit { take, ms: limit },
                Chance::Closed => Event::Closed { take, ms: running_ms },
                Chance::BrokeOff => Event::BrokeOff { take, ms: running_ms },
                Chance::Stray => Event::Samples { take: "somebody-else".into(), ms: 1 },
                Chance::Crash => {
                    state = state.after_crash(running_ms);
                    running_ms = 0;
                    continue;
                }
            };
            let was_over = state.is_over();
            let Reaction { state: next, effects } = step(&state, &event, now);
            for effect in &effects {
                if let Effect::StartTake { take, limit_ms } = effect {
                    prop_assert!(*limit_ms > 0, "an answer without time was started");
                    started.push(take.clone());
                }
            }
            prop_assert!(!was_over || next.is_over(), "a session that was over came back");
            prop_assert!(next.probes_asked >= state.probes_asked || next.probes_asked == 0);
            if next.probes_asked > state.probes_asked {
                prop_assert_eq!(&event, &Event::Probe, "a probe was shown that nobody asked");
            }
            running_ms = match next.phase {
                Phase::Answering { answered_ms, .. } | Phase::Closing { answered_ms, .. } => answered_ms,
                _ => 0,
            };
            if let Some(clock) = Clock::read(&next) {
                prop_assert!(clock.left_ms <= clock.budget_ms);
                prop_assert!(clock.stage_left_ms <= clock.stage_budget_ms);
                prop_assert!(next.stage < next.plan.stages.len());
                prop_assert!(next.prompt < next.plan.stages[next.stage].prompts.len());
            }
            state = next;
            let accounted: Vec<&str> =
                state.outcomes.iter().filter_map(|o| o.take.as_deref()).chain(state.take()).collect();
            prop_assert_eq!(&accounted, &started.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}

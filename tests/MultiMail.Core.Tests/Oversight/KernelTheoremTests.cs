using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>The theorems over the whole input space. Those that need a history also stand in <see cref="KernelTraceTests"/>.</summary>
public sealed class KernelTheoremTests(Enumeration all) : IClassFixture<Enumeration>
{
    [Fact]
    public void The_kernel_answers_every_input() => Assert.InRange(all.Inputs, 5_000_000, 10_000_000);

    [Fact]
    public void Every_event_is_enumerated() =>
        Assert.Equal(
            typeof(KernelEvent).GetNestedTypes().OrderBy(t => t.Name, StringComparer.Ordinal),
            Space.ByEvent.Keys.OrderBy(t => t.Name, StringComparer.Ordinal));

    [Fact]
    public void T1_In_a_gated_mode_nothing_is_queued_or_sent_without_enough_foreign_approvals_or_the_allow_list() => all.Shows("T1");

    [Fact]
    public void T2_An_edit_leaves_no_approval_standing() => all.Shows("T2");

    [Fact]
    public void T4_A_test_message_is_never_sending() => all.Shows("T4");

    [Fact]
    public void T5_Terminal_states_are_final_save_delivered_to_bounced() => all.Shows("T5");

    [Fact]
    public void T6_Sending_is_entered_from_queued_and_left_only_to_a_terminal_state() => all.Shows("T6");

    [Fact]
    public void T7_Every_transition_has_the_one_leaf_of_its_event() => all.Shows("T7");

    [Fact]
    public void T8_Whatever_is_attempted_is_approved_or_released_on_the_facts_of_that_attempt() => all.Shows("T8");

    [Fact]
    public void T9_What_was_held_once_leaves_only_by_a_persons_decision() => all.Shows("T9");

    [Fact]
    public void T10_A_missed_message_is_never_attempted_for_the_first_time() => all.Shows("T10");

    [Fact]
    public void T11_Only_its_own_lineage_or_a_person_submits_changes_or_cancels_a_draft() => all.Shows("T11");

    [Fact]
    public void T12_A_canary_is_never_queued_or_sending() => all.Shows("T12");

    [Fact]
    public void Approving_a_canary_ends_it() => all.Shows("W17");

    [Fact]
    public void To_another_world_a_message_does_not_exist() => all.Shows("W1");

    [Fact]
    public void The_nodes_own_events_are_refused_to_everybody_else() => all.Shows("W2");

    [Fact]
    public void Nobody_writes_without_the_send_scope() => all.Shows("W3");

    [Fact]
    public void Only_people_and_oversight_keys_outside_the_lineage_decide() => all.Shows("W4");

    [Fact]
    public void Nothing_is_approved_after_its_expiry_or_expires_before() => all.Shows("W5");

    [Fact]
    public void While_paused_nothing_is_submitted_or_attempted() => all.Shows("W6");

    [Fact]
    public void In_read_only_nothing_goes_out() => all.Shows("W7");

    [Fact]
    public void A_recheck_stops_exactly_what_may_no_longer_go() => all.Shows("W8");

    [Fact]
    public void The_outbox_holds_what_is_scheduled_or_queued_and_nothing_else() => all.Shows("W9");

    [Fact]
    public void An_approval_is_open_while_a_message_is_pending_and_closed_when_it_ends() => all.Shows("W10");

    [Fact]
    public void Nothing_is_queued_before_its_time() => all.Shows("W11");

    [Fact]
    public void The_gate_releases_exactly_what_its_mode_says() => all.Shows("W12");

    [Fact]
    public void Inbound_mail_lands_where_rules_and_mode_say() => all.Shows("W13");

    [Fact]
    public void The_fold_over_the_recipients_decides_the_outcome() => all.Shows("W14");

    [Fact]
    public void A_refusal_names_the_first_reason_that_applies() => all.Shows("W15");

    [Fact]
    public void What_may_go_is_attempted_if_live_and_discarded_if_a_test() => all.Shows("W16");

    [Fact]
    public void Every_theorem_has_its_test()
    {
        var source = File.ReadAllText(Path.Combine(Testing.Repository.ProjectDirectory(), "Oversight", "KernelTheoremTests.cs"));
        Assert.All(Theorems.All, t => Assert.Contains($"all.Shows(\"{t.Id}\")", source, StringComparison.Ordinal));
    }
}

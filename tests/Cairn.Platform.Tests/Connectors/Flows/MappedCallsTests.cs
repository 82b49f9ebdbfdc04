using Cairn.Engine.Effects;
using Cairn.Flows.Library;

namespace Cairn.Platform.Tests.Connectors.Flows;

/// <summary>The tables of the language and the performers agree.</summary>
public sealed class MappedCallsTests
{
    [Fact]
    public void Every_signature_that_is_an_effect_has_a_performer_of_its_kind()
    {
        using var bench = new CallBench();
        var performed = bench.Calls.Performed.ToHashSet();

        var missing = FlowLibrary.Signatures
            .Where(signature => signature is { Nature: CallNature.Effect, AliasOf: null })
            .Where(signature => !performed.Contains((signature.Effect!.Name, signature.Name)))
            .Select(signature => $"{signature.Effect!.Name}: {signature.Name}");

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_performed_call_has_a_signature()
    {
        using var bench = new CallBench();

        var unknown = bench.Calls.Performed.Where(one => FlowLibrary.Find(one.Call) is null);

        Assert.Empty(unknown);
    }

    [Fact]
    public void An_alias_stands_for_a_call_that_is_performed_as_the_same_kind()
    {
        foreach (var alias in FlowLibrary.Signatures.Where(signature => signature.AliasOf is not null))
            Assert.Equal(alias.Effect, FlowLibrary.Find(alias.AliasOf!)!.Effect);
    }

    [Fact]
    public void Performers_recover_as_the_tables_say()
    {
        using var bench = new CallBench();
        var recovery = bench.Calls.Performers.ToDictionary(one => one.Kind, one => one.Recovery);

        Assert.Equal(EffectKind.All.ToDictionary(kind => kind.Name, kind => kind.Recovery), recovery);
        Assert.Equal(RecoveryClass.Ambiguous, recovery["http.write"]);
    }
}

using Cairn.Conformance.Tables;
using Cairn.Flows.Compiling;

namespace Cairn.Conformance.Runs;

/// <summary>Every row of the tables: the flow does what the language says.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Rows => [.. CaseFile.All.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_flow_does_what_the_language_says(string name)
    {
        var row = CaseFile.All[name];
        using var setting = new CaseSetting(row);

        var outcome = FlowCompiler.Compile(setting.Source, setting.Options);

        if (row.Expected is Expectation.Invalid invalid)
        {
            Refusal.Check(invalid, outcome);
            return;
        }

        Assert.True(
            outcome.Flow is not null,
            "it does not compile: "
            + string.Join("; ", outcome.Errors.Select(error => $"{error.Line}: {error.Message}")));
        Assert.Subset(outcome.Warnings.Select(warning => warning.Code).ToHashSet(), row.Warns.ToHashSet());
        setting.Run().Check(row);
    }
}

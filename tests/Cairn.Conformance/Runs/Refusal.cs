using Cairn.Conformance.Tables;
using Cairn.Flows.Compiling;

namespace Cairn.Conformance.Runs;

/// <summary>A flow that must be refused, at the right place and with the right words.</summary>
internal static class Refusal
{
    public static void Check(Expectation.Invalid expected, FlowOutcome outcome)
    {
        Assert.True(outcome.Flow is null, "it compiles");
        Assert.NotEmpty(outcome.Errors);
        Assert.All(outcome.Errors, error => Assert.NotNull(error.Line));
        Assert.True(
            outcome.Errors.Any(error => Fits(expected, error)),
            $"no error fits {expected.Line}:{expected.Column} [{string.Join(", ", expected.Says)}]: "
            + string.Join("; ", outcome.Errors.Select(
                error => $"{error.Line}:{error.Column} {error.Message} ({error.Hint})")));
    }

    private static bool Fits(Expectation.Invalid expected, FlowProblem error) =>
        (expected.Line is null || expected.Line == error.Line)
        && (expected.Column is null || expected.Column == error.Column)
        && expected.Says.All(word => $"{error.Message} {error.Hint}".Contains(word, StringComparison.Ordinal));
}

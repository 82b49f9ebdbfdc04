using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>An HTTP answer of a mock, as `http.*` gives it to the flow (spec/workflows.md 5.3).</summary>
internal static class MockedReply
{
    /// <summary>A result below 400, an HttpError from there on.</summary>
    public static MockAnswer Of(int status, FlowValue body, FlowValue headers, double after)
    {
        var isError = status >= 400;
        var map = isError
            ? FlowMap.Of(
                ("message", FlowValue.Of($"HTTP server responded with error code {status}")),
                ("tags", FlowValue.ListOf(FlowValue.Of(FlowTags.Http))))
            : FlowMap.Empty;
        map = map.With("code", FlowValue.Of((long)status)).With("headers", headers).With("body", body);
        return new MockAnswer(after, FlowValue.Of(map), isError);
    }
}

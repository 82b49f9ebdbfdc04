using System.Text.Json;
using Cairn.Conformance.Tables;
using Cairn.Engine.Programs;

namespace Cairn.Conformance.Runs;

/// <summary>What a run did, and how it compares with its row.</summary>
internal sealed record CaseRecord(
    ReadOnlyMemory<byte> Result, IReadOnlyList<Command.Noted> Notes, TimeSpan Elapsed, int Requests)
{
    public void Check(FlowCase row)
    {
        using var document = JsonDocument.Parse(Result);
        var end = document.RootElement;
        switch (row.Expected)
        {
            case Expectation.Result result:
                Assert.True(end.TryGetProperty("result", out var found), $"it failed: {end}");
                Assert.Equal(result.Json, CanonicalJson.Of(found.GetRawText()));
                if (result.Keys is { } keys)
                    Assert.Equal(keys, found.EnumerateObject().Select(entry => entry.Name));
                break;
            case Expectation.Error error:
                Assert.True(end.TryGetProperty("error", out var raised), $"it ended well: {end}");
                Check(error, raised);
                break;
        }

        if (row.Waits is { } seconds) Assert.Equal(seconds, Elapsed.TotalSeconds, 0.002);
        if (row.Logs is { } logs) Assert.Equal(logs, Notes.Where(note => note.Kind == "log").Select(Line));
        if (row.Requests is { } requests) Assert.Equal(requests, Requests);
    }

    private static void Check(Expectation.Error expected, JsonElement raised)
    {
        var payload = raised.GetProperty("payload");
        var context = raised.GetProperty("context").GetString()!;
        if (expected.Payload is { } value) Assert.Equal(value, CanonicalJson.Of(payload.GetRawText()));
        var tags = payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("tags", out var list)
            ? list.EnumerateArray().Select(tag => tag.GetString()).ToList()
            : [];
        foreach (var tag in expected.Tags) Assert.True(tags.Contains(tag), $"no tag {tag}: {payload}");
        foreach (var word in expected.Says) Assert.Contains(word, payload.GetProperty("message").GetString());
        foreach (var piece in expected.Context) Assert.Contains(piece, context);
        if (expected.Stack is { } stack)
            Assert.Equal(stack, raised.GetProperty("stack").EnumerateArray().Select(
                frame => $"{frame.GetProperty("step").GetString()} {frame.GetProperty("routine").GetString()}"));
    }

    private static string Line(Command.Noted note)
    {
        using var line = JsonDocument.Parse(note.Payload);
        return line.RootElement.TryGetProperty("text", out var text)
            ? text.GetString()!
            : line.RootElement.GetProperty("json").GetRawText();
    }
}

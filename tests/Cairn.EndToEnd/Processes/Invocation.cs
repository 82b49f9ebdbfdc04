using System.Text.Json;

namespace Cairn.EndToEnd.Processes;

/// <summary>What one call of the program left behind.</summary>
/// <param name="ExitCode">0 to 255; 128 + the signal when one ended it.</param>
/// <param name="Out">stdout, whole.</param>
/// <param name="Error">stderr, whole.</param>
internal sealed record Invocation(int ExitCode, string Out, string Error)
{
    /// <summary>stdout as the one JSON document that it must be.</summary>
    public JsonElement Json
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Out);
                return document.RootElement.Clone();
            }
            catch (JsonException e)
            {
                throw new InvalidOperationException($"stdout is not one JSON document\n{this}", e);
            }
        }
    }

    /// <summary>The messages of `{"errors":[…]}`, each with its hint.</summary>
    public string Errors =>
        string.Join('\n', Json.GetProperty("errors").EnumerateArray().Select(error => error.ToString()));

    /// <summary>Fails unless the code is this one and nothing looks like a stack trace.</summary>
    public Invocation Exits(int code)
    {
        Assert.True(ExitCode == code, $"expected exit code {code}\n{this}");
        AssertNoTrace();
        return this;
    }

    /// <summary>A user never sees where in the code something happened.</summary>
    public void AssertNoTrace()
    {
        foreach (var text in (string[])[Out, Error])
        {
            Assert.DoesNotContain("   at Cairn.", text);
            Assert.DoesNotContain("   at System.", text);
            Assert.DoesNotContain("Unhandled exception", text);
            Assert.DoesNotContain("this should not have happened", text);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"exit code {ExitCode}\n--- stdout\n{Out}\n--- stderr\n{Error}";
}

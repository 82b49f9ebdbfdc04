using System.Text.Json;
using Cairn.Cli.Progress;
using Cairn.Cli.Terminals;
using Cairn.Engine.Runs;

namespace Cairn.Cli.Runs;

/// <summary>Prints what a flow run came to: its result or its error on stdout, the rest on stderr.</summary>
internal static class FlowReport
{
    /// <summary>Prints a run that ended.</summary>
    public static void Write(Frame frame, OutputFormat format, RunHead run)
    {
        var document = RunDocument.Of(run, run.Result);
        var output = new Output(frame.Terminal, format);
        if (format == OutputFormat.Name || output.IsDocument)
        {
            output.Write(document with { Steps = null }, RunJson.Default.RunDocument, static _ => { }, () => [run.Id]);
            return;
        }

        var time = run is { Started: { } started, Ended: { } ended } ? $" in {Elapsed.Text(ended - started)}" : "";
        frame.Terminal.Error.WriteLine($"{run.Id} {document.State}{time}");
        if (document.Reason is { } reason)
            frame.Terminal.Error.WriteLine(reason);
        if (document.Error is { ValueKind: JsonValueKind.Object } error)
        {
            frame.Terminal.Error.WriteLine(TaskFields.Text(error, "context"));
            if (error.TryGetProperty("payload", out var payload))
                new Output(frame.Terminal, OutputFormat.Json).WriteDocument(payload);
        }
        else if (document.Error is { } stopped)
        {
            frame.Terminal.Error.WriteLine(stopped.ToString());
        }

        if (document.Result is { } result)
            new Output(frame.Terminal, OutputFormat.Json).WriteDocument(result);
    }
}

using System.Diagnostics;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Video;

/// <summary>The pipeline's own programs for what touches pixels; this project holds none of that.</summary>
internal sealed class VideoTools(string skillsFolder)
{
    private const int UsageCode = 2;

    /// <summary>
    /// Runs a program and returns its answer: lines of `KEY value`. Throws <see cref="CommandFailure"/> with the
    /// program's own words; a file that it cannot use is <paramref name="failureCode"/>.
    /// </summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> RunAsync(
        string program, IEnumerable<string> arguments, int failureCode, CancellationToken stop)
    {
        var path = Path.Combine(skillsFolder, "cpu", "bin", program);
        if (!File.Exists(path))
            throw new CommandFailure(ExitCode.Precondition, $"{path} is missing", "start cairn from a whole checkout");
        using var process = Start(path, arguments);
        var answer = process.StandardOutput.ReadToEndAsync(stop);
        var complaint = process.StandardError.ReadToEndAsync(stop);
        try
        {
            await process.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
            throw Failure(program, process.ExitCode, await complaint, failureCode);
        return Pairs(await answer);
    }

    private static Process Start(string path, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(path, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new CommandFailure(
                ExitCode.Precondition, $"{Path.GetFileName(path)} cannot be started: {missing.Message}",
                "install python3 and python3-opencv; pipelines/vda/setup does it");
        }
    }

    private static CommandFailure Failure(string program, int code, string complaint, int failureCode)
    {
        var lines = complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var hint = lines.FirstOrDefault(line => line.StartsWith("hint: ", StringComparison.Ordinal));
        var message = lines.LastOrDefault(line => line != hint) ?? $"ended with code {code}";
        var prefix = program + ": ";
        if (message.StartsWith(prefix, StringComparison.Ordinal))
            message = message[prefix.Length..];
        return new CommandFailure(
            code switch
            {
                UsageCode => ExitCode.Usage,
                ExitCode.Precondition => ExitCode.Precondition,
                _ => failureCode,
            },
            message,
            hint?["hint: ".Length..]);
    }

    private static List<KeyValuePair<string, string>> Pairs(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            pairs.Add(blank < 0 ? new(line, "") : new(line[..blank], line[(blank + 1)..]));
        }

        return pairs;
    }
}

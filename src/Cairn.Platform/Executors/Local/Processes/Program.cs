using System.Diagnostics;

namespace Cairn.Platform.Executors.Local.Processes;

/// <summary>Runs a program of the machine and waits for it: networks, containers. Not for tasks.</summary>
internal static class Program
{
    /// <summary>Its exit code and what it said; 127 when it is not there.</summary>
    public static async Task<ProgramEnd> Run(
        string program, IEnumerable<string> arguments, CancellationToken cancel,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start) ?? throw new IOException($"{program} did not start");
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return new ProgramEnd(process.ExitCode, (await output).Trim(), (await errors).Trim());
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return new ProgramEnd(127, "", missing.Message);
        }
    }
}

/// <summary>How a program ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">Its stdout, trimmed.</param>
/// <param name="Errors">Its stderr, trimmed.</param>
internal sealed record ProgramEnd(int Code, string Output, string Errors);

using System.Diagnostics;

namespace Cairn.Bench.Cli;

/// <summary>Programs that are measured from outside.</summary>
internal static class Binaries
{
    /// <summary>The properties of the tool's own project, on a program that does nothing.</summary>
    private const string EmptyProject =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <InvariantGlobalization>true</InvariantGlobalization>
            <PublishSingleFile>true</PublishSingleFile>
            <PublishTrimmed>true</PublishTrimmed>
            <PublishReadyToRun>true</PublishReadyToRun>
            <SelfContained>true</SelfContained>
            <TieredPGO>false</TieredPGO>
            <EventSourceSupport>false</EventSourceSupport>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>The tool as ./cairn publishes it; built first when its sources changed.</summary>
    public static string Cairn()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "cairn.slnx")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("run it inside the repository");
        Time(Path.Combine(root, "cairn"), "--version");
        return Path.Combine(root, "artifacts", "cairn", "cairn");
    }

    /// <summary>An empty program, published with the same switches into the folder.</summary>
    public static string Empty(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "empty.csproj"), EmptyProject);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "return 0;");
        var output = Path.Combine(folder, "out");
        var rid = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
        Time("dotnet", "publish", folder, "-c", "Release", "-r", rid, "-o", output, "-nologo", "-v", "quiet");
        return Path.Combine(output, "empty");
    }

    /// <summary>Seconds from the start of a program to its end; what it prints is thrown away.</summary>
    public static double Time(string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var seconds = watch.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? seconds
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result}");
    }
}

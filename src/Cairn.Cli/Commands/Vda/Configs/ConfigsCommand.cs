using System.CommandLine;
using System.Diagnostics;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Cli.Video;

namespace Cairn.Cli.Commands.Vda.Configs;

/// <summary>`cairn vda configs`: draws the configurations of a folder of videos, as the setup stage does.</summary>
internal static class ConfigsCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(
        string Videos, string Output, string Cookbook, IReadOnlyList<string> Pins, string? Home);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var videos = new Argument<string>("VIDEOS") { Description = "A folder of videos" };
        var output = new Argument<string>("OUTPUT") { Description = "A folder for the configurations" };
        var cookbook = new Option<string>("--cookbook")
        {
            Description = "The scene",
            HelpName = "NAME",
            DefaultValueFactory = _ => "city_traffic",
        };
        var pins = new Option<string[]>("--pin")
        {
            Description = "Variables that are not drawn by chance",
            HelpName = "K=V",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("configs", "Draws the configurations of videos, as a run would")
        {
            videos, output, cookbook, pins,
        };
        command.SetAction((parsed, stop) => RunAsync(frame, new Options(
            parsed.GetRequiredValue(videos), parsed.GetRequiredValue(output), parsed.GetValue(cookbook)!,
            parsed.GetValue(pins) ?? [], parsed.GetValue(GlobalFlags.Home)), stop));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken stop)
    {
        var planner = new VideoPlanner(Site.Find(frame, options.Home));
        planner.RequireCookbook(options.Cookbook);
        List<string> arguments =
        [
            Path.Combine(planner.SkillsFolder, "scripts", "generate_configs.py"),
            "--input-dir", frame.PathOf(options.Videos),
            "--config-dir", Path.Combine(planner.SkillsFolder, "cookbooks", options.Cookbook),
            "--output-dir", frame.PathOf(options.Output),
        ];
        foreach (var pin in options.Pins)
            arguments.AddRange(["--pin", pin]);
        Directory.CreateDirectory(frame.PathOf(options.Output));
        var start = new ProcessStartInfo("/usr/bin/python3", arguments) { UseShellExecute = false };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(stop);
        return process.ExitCode == 0 ? ExitCode.Done : ExitCode.Usage;
    }
}

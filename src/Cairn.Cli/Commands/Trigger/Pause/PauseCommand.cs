using System.CommandLine;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Commands.Trigger.Pause;

/// <summary>
/// `cairn trigger pause TRIGGER` and `resume`: what comes while it is paused is logged and not fired.
/// </summary>
internal static class PauseCommand
{
    /// <summary>`pause`.</summary>
    public static Command Pause(Frame frame) => Create(
        frame, "pause", "What comes from now on is logged and not fired; redeliver sends it later", paused: true);

    /// <summary>`resume`.</summary>
    public static Command Resume(Frame frame) =>
        Create(frame, "resume", "Lets a paused trigger fire again", paused: false);

    internal static async Task<int> RunAsync(
        Frame frame, string trigger, bool paused, string? home, CancellationToken cancel)
    {
        using var desk = TriggerDesk.Open(frame, home);
        desk.Find(trigger);
        await desk.TakeUp(cancel);
        desk.Ledger.Pause(trigger, paused);
        frame.Terminal.Error.WriteLine(
            paused ? $"{trigger} is paused; go on with: cairn trigger resume {trigger}" : $"{trigger} fires again");
        return ExitCode.Done;
    }

    private static Command Create(Frame frame, string verb, string words, bool paused)
    {
        var trigger = new Argument<string>("TRIGGER") { Description = "Its id" };
        var command = new Command(verb, words) { trigger };
        command.SetAction((parsed, cancel) => RunAsync(
            frame, parsed.GetRequiredValue(trigger), paused, parsed.GetValue(GlobalFlags.Home), cancel));
        return command;
    }
}

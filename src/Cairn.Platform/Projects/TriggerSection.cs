using Cairn.Graphs.Validation;
using Cairn.Platform.Projects.Schema;
using Cairn.Platform.Stores;
using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Patterns;
using Cairn.Platform.Triggers.Schedules;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects;

/// <summary>`triggers:`. What is wrong with one does not hide what is wrong with the others.</summary>
internal sealed class TriggerSection(
    ProjectFiles files, IReadOnlyList<DeclaredStore>? stores, IReadOnlyList<ProjectProgram> programs)
{
    private static readonly string[] s_causes = ["match", "regex", "event", "schedule", "manual"];

    private static readonly (string Key, string[] With)[] s_companions =
    [
        ("store", ["match", "regex"]), ("exclude", ["match", "regex"]), ("source", ["event"]),
        ("timezone", ["schedule"]), ("missed", ["schedule"]),
    ];

    internal List<Trigger> Read() =>
        [.. files.Entries("triggers").Select(entry => One(entry.File, entry.Name, (YamlMappingNode)entry.Value))
            .OfType<Trigger>()];

    private Trigger? One(string file, string id, YamlMappingNode map)
    {
        var place = new TriggerEntry(files, file, $"triggers.{id}", map);
        var causes = s_causes.Where(cause => map.Value(cause) is not null).ToList();
        if (causes.Count != 1)
        {
            files.Report(
                file, map, causes.Count == 0
                    ? $"triggers.{id}: nothing says what it waits for"
                    : $"triggers.{id}: {string.Join(" and ", causes)} stand side by side",
                "exactly one of match, regex, event, schedule and manual: true");
            return null;
        }

        foreach (var (key, with) in s_companions)
            if (map.Value(key) is { } stray && !with.Contains(causes[0]))
                files.Report(
                    file, stray, $"triggers.{id}: {key} has no meaning beside {causes[0]}",
                    $"it belongs to {string.Join(" or ", with)}");
        var cause = Cause(place, causes[0]);
        var run = map.Text("run")!;
        if (!programs.Any(program => program.Name == run))
            place.Report("run", $"there is no program {run} in this project", NearestProgram(run));
        if (map.Value("args") is not null && map.Value("payload") is { } both)
            files.Report(file, both, $"triggers.{id}: args and payload stand side by side",
                "args replaces the event, payload goes beside it");
        return cause is null ? null : Checked(place, new Trigger(id, cause, run)
        {
            Arguments = place.Arguments("args"),
            Payload = place.Arguments("payload"),
            Labels = place.Labels(),
            Enabled = map.Flag("enabled") ?? true,
            When = map.Texts("when"),
        });
    }

    private TriggerCause? Cause(TriggerEntry place, string cause)
    {
        var map = place.Map;
        switch (cause)
        {
            case "match" or "regex":
                var pattern = place.Read(cause, text => cause == "match"
                    ? (NamePattern)new NamePattern.Path(PathTemplate.Parse(text))
                    : new NamePattern.Expression(NameRegex.Parse(text)));
                var exclude = place.ReadAll("exclude", PathTemplate.Parse);
                return Store(place) is { } store && pattern is not null
                    ? new TriggerCause.Objects(store, pattern, exclude)
                    : null;
            case "event":
                return new TriggerCause.Events(map.Text("event")!, map.Text("source"));
            case "schedule":
                var zone = Zone(place);
                var table = zone is null ? null : place.Read("schedule", text => Timetable.Parse(text, zone));
                return table is null ? null : new TriggerCause.Schedule(table, map.Text("missed") switch
                {
                    "skip" => MissedPolicy.Skip,
                    "all" => MissedPolicy.All,
                    _ => MissedPolicy.Once,
                });
            default:
                if (map.Flag("manual") == true)
                    return new TriggerCause.Manual();
                place.Report("manual", "manual: false means nothing", "leave the trigger out, or say enabled: false");
                return null;
        }
    }

    private string? Store(TriggerEntry place)
    {
        var written = place.Map.Text("store");
        if (stores is null)
            return written is null || ObjectStores.WrongName(written) is null ? written ?? "default" : Bad(written);
        if (written is null)
            return stores is [var only] ? only.Name : place.Report<string>(
                null, "store is missing", stores.Count == 0
                    ? "declare one under stores:"
                    : $"there are: {string.Join(", ", stores.Select(store => store.Name))}");
        return stores.FirstOrDefault(store => store.Name == written || store.Serves.Any(
            prefix => prefix.TrimEnd('/') == written.TrimEnd('/')))?.Name ?? Bad(written);

        string? Bad(string name) => place.Report<string>(
            "store", $"there is no store {name}",
            Nearest.Of(name, (stores ?? []).Select(store => store.Name)) is { } near
                ? $"did you mean {near}?"
                : "it is the name of a store under stores:, or a prefix that one serves");
    }

    private static TimeZoneInfo? Zone(TriggerEntry place)
    {
        var name = place.Map.Text("timezone") ?? "Etc/UTC";
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        // A machine without the tables of zones still knows this one.
        return name is "Etc/UTC" or "UTC" ? TimeZoneInfo.Utc : place.Report<TimeZoneInfo>(
            "timezone", $"there is no time zone {name} on this machine", "a name such as Europe/Berlin or Etc/UTC");
    }

    private static Trigger Checked(TriggerEntry place, Trigger trigger)
    {
        string[] known = trigger.Cause switch
        {
            TriggerCause.Objects objects =>
                ["bucket", "name", "store", "size", "generation", "url", .. objects.Pattern.Captures],
            TriggerCause.Events => ["id", "type", "source", "subject"],
            TriggerCause.Schedule => ["planned", "date"],
            _ => [],
        };
        var used = (trigger.Arguments?.Names ?? []).Concat(trigger.Payload?.Names ?? [])
            .Concat(trigger.Labels.SelectMany(label => label.Value.Names));
        foreach (var name in used.Distinct().Where(name => !known.Contains(name)))
            place.Report(
                null, $"{{{name}}} is neither captured nor a value of the event",
                known.Length == 0 ? "a trigger that is fired by hand has no values"
                    : $"there are: {string.Join(", ", known)}");
        return trigger;
    }

    private string NearestProgram(string run) => Nearest.Of(run, programs.Select(program => program.Name)) is { } near
        ? $"did you mean {near}?"
        : programs.Count == 0
            ? "list files under flows: or graphs:; a program's name is its file's without the ending"
            : $"there are: {string.Join(", ", programs.Select(program => program.Name))}";
}

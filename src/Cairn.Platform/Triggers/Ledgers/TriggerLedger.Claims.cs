using System.Text;
using System.Text.Json;
using Cairn.Platform.Stores.Embedded;
using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Triggers.Ledgers;

public sealed partial class TriggerLedger
{
    private const string ClaimColumns =
        "number, trigger_id, subject, version, round, at, state, event, vals, run, message";

    /// <summary>
    /// Writes decisions and what they were read up to, in one transaction: an event is decided once, whatever crashes.
    /// </summary>
    /// <param name="decisions">In order.</param>
    /// <param name="cursor">The store and the position that is decided now, or null.</param>
    /// <param name="planned">The trigger and the time of its timetable that is dealt with now, or null.</param>
    /// <returns>What was logged for each decision, in order.</returns>
    public IReadOnlyList<LogLine> Decide(
        IReadOnlyList<Decision> decisions,
        (string Store, long Position)? cursor = null,
        (string Trigger, DateTimeOffset At)? planned = null)
    {
        var lines = new List<LogLine>(decisions.Count);
        Write(() =>
        {
            lines.AddRange(decisions.Select(Decide));
            if (cursor is { } read)
                _connection.Run(
                    """
                    INSERT INTO cursor (store, position) VALUES ($store, $position)
                    ON CONFLICT DO UPDATE SET position = $position
                    """,
                    ("$store", read.Store), ("$position", read.Position));
            if (planned is { } time)
                _connection.Run(
                    "UPDATE standing SET planned = $planned WHERE trigger_id = $trigger",
                    ("$planned", BucketRows.Micros(time.At)), ("$trigger", time.Trigger));
        });
        return lines;
    }

    /// <summary>Claims whose runs have not been submitted, the oldest first.</summary>
    public IReadOnlyList<Claim> Waiting(int limit) => Read(() => _connection.All(
        $"SELECT {ClaimColumns} FROM claim WHERE state = 0 ORDER BY number LIMIT $limit", ReadClaim,
        ("$limit", limit)));

    /// <summary>All claims on one version of a subject.</summary>
    public IReadOnlyList<Claim> Claims(string subject, long version) => Read(() => _connection.All(
        $"SELECT {ClaimColumns} FROM claim WHERE subject = $subject AND version = $version ORDER BY number",
        ReadClaim, ("$subject", subject), ("$version", version)));

    /// <summary>A claim by its number; null: there is none any more.</summary>
    public Claim? Find(long number) => Read(() => _connection.All(
        $"SELECT {ClaimColumns} FROM claim WHERE number = $number", ReadClaim, ("$number", number)).FirstOrDefault());

    /// <summary>
    /// Notes how the submission of a claim's run ended; a waiting one keeps its event and is tried again.
    /// </summary>
    public void Note(Claim claim, ClaimState state, string? run, string? message) => Write(() => _connection.Run(
        """
        UPDATE claim SET state = $state, run = $run, message = $message,
            event = CASE WHEN $state = 1 THEN NULL ELSE event END
        WHERE number = $number
        """,
        ("$state", (long)state), ("$run", run), ("$message", message), ("$number", claim.Number)));

    /// <summary>Lines of the log, the newest first.</summary>
    /// <param name="trigger">Only of this trigger, or null.</param>
    /// <param name="subject">Only about this subject, or null.</param>
    /// <param name="since">Only from then on, or null.</param>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<LogLine> Log(string? trigger, string? subject, DateTimeOffset? since, int limit) =>
        Read(() => _connection.All(
            """
            SELECT log.number, log.at, log.trigger_id, log.subject, log.version,
                CASE WHEN claim.state = 2 THEN 'refused' ELSE log.outcome END,
                CASE WHEN claim.state = 1 OR claim.message IS NULL THEN log.detail ELSE claim.message END, claim.run
            FROM log LEFT JOIN claim ON claim.number = log.claim
            WHERE ($trigger IS NULL OR log.trigger_id = $trigger) AND ($subject IS NULL OR log.subject = $subject)
            AND log.at >= $since ORDER BY log.number DESC LIMIT $limit
            """,
            row => new LogLine(
                row.GetInt64(0), BucketRows.Time(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetInt64(4),
                row.GetString(5), row.GetString(6))
            { Run = row.Text(7) },
            ("$trigger", trigger), ("$subject", subject),
            ("$since", since is { } from ? BucketRows.Micros(from) : 0L), ("$limit", limit)));

    private LogLine Decide(Decision decision)
    {
        var (subject, version) = (decision.Happened.Subject, decision.Happened.Version);
        var (outcome, detail, claim) = decision.Verdict switch
        {
            Verdict.Silent silent => (Word(silent.Why), silent.Reason, (long?)null),
            Verdict.Fires fires => Claim(decision, fires, subject, version),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var at = Now();
        var number = _connection.Number(
            """
            INSERT INTO log (at, trigger_id, subject, version, outcome, detail, claim)
            VALUES ($at, $trigger, $subject, $version, $outcome, $detail, $claim) RETURNING number
            """,
            ("$at", at), ("$trigger", decision.Trigger), ("$subject", subject), ("$version", version),
            ("$outcome", outcome), ("$detail", detail), ("$claim", claim))!.Value;
        return new LogLine(number, BucketRows.Time(at), decision.Trigger, subject, version, outcome, detail)
        {
            Claim = claim,
        };
    }

    private (string Outcome, string Detail, long? Claim) Claim(
        Decision decision, Verdict.Fires fires, string subject, long version)
    {
        var last = _connection.Number(
            """
            SELECT MAX(round) FROM claim WHERE trigger_id = $trigger AND subject = $subject AND version = $version
            """,
            ("$trigger", decision.Trigger), ("$subject", subject), ("$version", version));
        if (last is not null && !decision.Again)
            return ("duplicate", "it has fired for this version already", null);
        var highest = _connection.Number(
            "SELECT version FROM highwater WHERE trigger_id = $trigger AND subject = $subject",
            ("$trigger", decision.Trigger), ("$subject", subject));
        if (highest >= version && !decision.Again)
            return ("too_old", $"it has fired for generation {highest} more than {KeyLife.Days} days ago", null);
        var number = _connection.Number(
            """
            INSERT INTO claim (trigger_id, subject, version, round, at, state, event, vals)
            VALUES ($trigger, $subject, $version, $round, $at, 0, $event, $values) RETURNING number
            """,
            ("$trigger", decision.Trigger), ("$subject", subject), ("$version", version), ("$round", last + 1 ?? 0),
            ("$at", Now()), ("$event", EventText(decision.Happened)), ("$values", ValuesText(fires.Values)));
        return ("fired", "", number);
    }

    private static Claim ReadClaim(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt32(4))
    {
        At = BucketRows.Time(row.GetInt64(5)),
        State = (ClaimState)row.GetInt32(6),
        Event = row.Text(7) ?? "",
        Values = ReadValues(row.Text(8) ?? "{}"),
        Run = row.Text(9),
        Message = row.Text(10),
    };

    private static string Word(Silence why) => why switch
    {
        Silence.OtherCause => "other_cause",
        Silence.NoMatch => "no_match",
        Silence.Excluded => "excluded",
        Silence.Temporary => "temporary",
        Silence.Disabled => "disabled",
        Silence.OtherMode => "other_mode",
        Silence.Paused => "paused",
        Silence.BeforeBirth => "before_birth",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string EventText(Happening happened) => Text(happened.Event.WriteTo);

    private static string ValuesText(IReadOnlyDictionary<string, string> values) => Text(json =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
            json.WriteString(name, value);
        json.WriteEndObject();
    });

    private static SortedDictionary<string, string> ReadValues(string text)
    {
        using var json = JsonDocument.Parse(text);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in json.RootElement.EnumerateObject())
            values[member.Name] = member.Value.GetString() ?? "";
        return values;
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

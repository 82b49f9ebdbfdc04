namespace Cairn.Platform.Projects.Schema;

/// <summary>The keys of cairn.yaml (architecture 11).</summary>
internal static class ProjectSchema
{
    /// <summary>The format that this version reads.</summary>
    internal const int Format = 1;

    private const string NamePattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$";
    private const string NameMeaning = "a name: 1 to 63 letters, digits, dots, dashes and underscores";

    private static readonly Shape s_name = new Shape.Text(NamePattern, NameMeaning);
    private static readonly Shape s_texts = new Shape.List(new Shape.Text());
    private static readonly Shape s_variables =
        new Shape.Map(new Shape.Scalar(), "^[A-Za-z_][A-Za-z0-9_]*$", "a variable's name");

    private static readonly Shape s_words = new Shape.List(new Shape.Scalar());

    private static readonly Shape.Record s_store = new(
        new Field("url", new Shape.Text("^file:.", "a folder as file:PATH"),
            "Where the objects lie: `file:PATH`, relative to this file.", Required: true),
        new Field("serves", new Shape.List(new Shape.Text(
                "^(s3|gs|azure|swift|tos|https?)://[^/]+(/.*)?$", "a prefix such as gs://bucket")),
            "Foreign prefixes that this store answers for, so that files run unchanged."));

    private static readonly Shape.Record s_pool = new(
        new Field("executor", new Shape.OneOf("local"), "What runs its tasks."),
        new Field("default", new Shape.Flag(), "Whether runs that name no pool go here."),
        new Field("cpus", new Shape.Whole(1, Auto: true), "Cores to hand out; auto: all of the machine."),
        new Field("memory", new Shape.Quantity(Auto: true), "Memory to hand out; auto: all of the machine."),
        new Field("gpus", new Shape.Whole(0, Auto: true), "Devices to hand out; auto: what nvidia-smi finds."),
        new Field("network", new Shape.OneOf("none", "group", "host"),
            "Network of tasks: none, one for each group with the way out, or the host's."),
        new Field("max_retry_per_task", new Shape.Whole(0), "How often a task may be rescheduled; 0: never."),
        new Field("retry_memory_factor", new Shape.Number(1), "A rescheduled task asks for so many times the memory."),
        new Field("allowed_mounts", s_texts, "Paths of the host that volumeMounts may name."),
        new Field("platforms", new Shape.List(s_name), "Platform names that tasks may ask for."),
        new Field("default_platform", s_name, "The platform of tasks that name none."),
        new Field("default_exec_timeout", new Shape.Duration(), "Where a graph says nothing."),
        new Field("default_queue_timeout", new Shape.Duration(), "Where a graph says nothing."),
        new Field("max_exec_timeout", new Shape.Duration(), "Longer ones are cut to this."),
        new Field("max_queue_timeout", new Shape.Duration(), "Longer ones are cut to this."));

    private static readonly Shape.Record s_resources = new(
        new Field("cpu", new Shape.Whole(0), "Cores."),
        new Field("gpu", new Shape.Whole(0), "Devices."),
        new Field("memory", new Shape.Quantity(), "Memory."),
        new Field("storage", new Shape.Quantity(), "Disk."));

    private static readonly Shape.Record s_job = new(
        new Field("image", new Shape.Text("^\\S+$", "an image reference"),
            "The image; what stands for it here is in `images`.", Required: true),
        new Field("command", s_words, "The program and its first arguments.", Required: true),
        new Field("args", s_words, "Further arguments; a call may replace them."),
        new Field("env", s_variables, "Variables; a call may add and replace."),
        new Field("resources", s_resources, "What one task asks for."),
        new Field("timeout", new Shape.Duration(), "How long one task may run; 10 minutes unless given."),
        new Field("retries", new Shape.Whole(0), "How often a failed task is tried again; 3 unless given."),
        new Field("tasks", new Shape.Whole(1), "How many equal tasks one execution has; 1 unless given."),
        new Field("pool", s_name, "The pool; the default one unless given."),
        new Field("outputs", s_texts, "Where the output folder of each task is taken to."),
        new Field("locations", s_texts, "Locations that have it; all unless given."));

    private static readonly Shape.Record s_image = new(
        new Field("match", new Shape.Text("^\\S+$", "an image reference, `*` for any text"),
            "The image reference, `*` for any text; the first entry that matches wins.", Required: true),
        new Field("host", new Shape.Text(),
            "A folder whose bin/ comes first on PATH of the host's programs; `/`: the host."),
        new Field("podman", new Shape.Flag(), "Use the real image, by podman."),
        new Field("resources", s_resources,
            "What tasks of a replaced image ask for instead of what the graph says."),
        new Field("mounts", s_texts, "More of the host, read-only: `source` or `source:place`."),
        new Field("environment", s_variables, "Variables of the image."));

    private static readonly Shape s_address = new Shape.Text("^https?://[^/ ]+", "an http or https address");

    private static readonly Shape.Record s_http = new(
        new Field("rewrite", new Shape.List(new Shape.Record(
                new Field("from", s_address, "A prefix of addresses; `*` stands for any text without a slash.",
                    Required: true),
                new Field("to", s_address, "What stands there instead.", Required: true))),
            "Where requests of flows really go; the first match wins."),
        new Field("services", new Shape.Map(s_address), "Addresses by the name that private_service_name says."),
        new Field("credentials", new Shape.List(new Shape.Record(
                new Field("match", s_address, "A prefix of addresses; `*` stands for any text without a slash.",
                    Required: true),
                new Field("credential", new Shape.Text(),
                    "A credential of the secrets file with `token` or `service_account`.", Required: true))),
            "Who vouches for requests with an auth block; the first match wins."));

    private static readonly Shape.Record s_trigger = new(
        new Field("match", new Shape.Text(),
            "Fires for objects whose whole name fits: `scenes/{scene_id}/usd/.usd_complete`, with `*`, `?`, `**`, "
            + "`{name}`, `{name=**}`, `{png,jpg}`."),
        new Field("regex", new Shape.Text(),
            "The same as a regular expression over the whole name; named groups capture."),
        new Field("store", new Shape.Text(), "Whose objects: a store's name, or a prefix that it serves."),
        new Field("exclude", s_texts, "Patterns of names that do not fire."),
        new Field("event", new Shape.Text(), "Fires for CloudEvents of exactly this type."),
        new Field("source", new Shape.Text(), "Only those of exactly this source."),
        new Field("schedule", new Shape.Text(), "Fires by a line of unix cron, or @hourly, @daily, @weekly, @monthly."),
        new Field("timezone", new Shape.Text(), "Whose clock the schedule follows; Etc/UTC by default."),
        new Field("missed", new Shape.OneOf("once", "skip", "all"),
            "Times that passed while nothing ran: the last is made up for (default), none, or all."),
        new Field("manual", new Shape.Flag(), "Fires only by hand."),
        new Field("run", new Shape.Text(), "The flow or graph to start: its file's name without the ending.",
            Required: true),
        new Field("args", new Shape.Open(),
            "What the run gets; texts may hold {captures}. A flow gets the event without."),
        new Field("payload", new Shape.Open(), "Members that a flow gets beside those of the event."),
        new Field("labels", new Shape.Map(new Shape.Scalar()), "Labels of the runs; values may hold {captures}."),
        new Field("enabled", new Shape.Flag(), "false: reported, not fired."),
        new Field("when", new Shape.List(s_name), "The modes of the project in which it is active; all by default."));

    /// <summary>The whole file.</summary>
    internal static Shape.Record Root { get; } = new(
        new Field("cairn", new Shape.Whole(1), "The format of this file: 1.", Required: true),
        new Field("name", s_name, "The project's name; by default the folder's."),
        new Field("include", s_texts, "Files with more of these keys, relative to this file; `*` in the last part."),
        new Field("stores", new Shape.Map(s_store, NamePattern, NameMeaning),
            "Embedded buckets, written cairn://NAME."),
        new Field("pools", new Shape.Map(s_pool, NamePattern, NameMeaning), "Named capacities."),
        new Field("images", new Shape.List(s_image), "What stands for an image here; asked before the built-in list."),
        new Field("limits", new Shape.Record(
                new Field("graph.tasks", new Shape.Whole(1), "Tasks of a graph."),
                new Field("flow.call_depth", new Shape.Whole(1), "Nested calls of a flow."),
                new Field("flow.parallel_depth", new Shape.Whole(1), "Nested parallel steps of a flow."),
                new Field("flow.branches", new Shape.Whole(1), "Branches of a parallel step."),
                new Field("flow.parallel_threads", new Shape.Whole(1), "Branches that run at once."),
                new Field("flow.branch_errors", new Shape.Whole(1), "Errors of branches that are listed."),
                new Field("flow.steps", new Shape.Whole(1), "Steps of one execution.")),
            "Limits that differ from the original's."),
        new Field("secrets", new Shape.Record(
                new Field("file", new Shape.Text(), "The file, mode 0600; `~` is the home folder.", Required: true)),
            "Where credentials are kept."),
        new Field("journal", new Shape.Record(
                new Field("keep", new Shape.Duration(), "How long ended runs are kept.")),
            "How long the record of runs is kept."),
        new Field("environment", s_variables, "Values that flows read as environment variables."),
        new Field("lenient", new Shape.Flag(), "Flows may use constructs that the language does not have."),
        new Field("http", s_http, "Where the HTTP requests of flows go, and who vouches for them."),
        new Field("jobs", new Shape.Map(s_job, NamePattern, NameMeaning), "Named tasks that flows can run."),
        new Field("mode", s_name, "Which of the triggers with `when` are active."),
        new Field("triggers", new Shape.Map(s_trigger, NamePattern, NameMeaning), "What starts runs."),
        new Field("policies", new Shape.Map(new Shape.Open()), "Locks, markers, breakers and the like."),
        new Field("flows", s_texts, "Flow files; `*` for any text."),
        new Field("graphs", s_texts, "Graph files; `*` for any text."));
}

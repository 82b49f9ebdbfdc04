namespace Cairn.Graphs.Tests.Validation;

/// <summary>Every check of spec/osmo.md 1.3 to 1.10 with its sentence.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("name: \"9x\"", "Name \"9x\" of task \"9x\" is not valid")]
    [InlineData("name: osmo_ctrl", "Task name \"osmo_ctrl\" is reserved")]
    [InlineData("name: 12", "task \"12\": name must be a text, but is the number 12")]
    [InlineData("image: \"Bad Image\"", "Could not parse docker image Bad Image. Please provide a valid image.")]
    [InlineData("command: []", "Container t should have at least one command.")]
    [InlineData("command: ls", "task \"t\": command must be a list of texts, but is the text \"ls\"")]
    [InlineData("args: [yes]", "task \"t\": args[0] must be a text, but is true")]
    [InlineData("args: null", "task \"t\": args must be a list, but is null")]
    [InlineData("environment: {A: null}", "environment variable A must be a text, a number or a boolean, but is null")]
    [InlineData("environment: {A: 2024-01-01}", "environment variable A must be a text, a number or a boolean")]
    [InlineData("environment: null", "task \"t\": environment must be a mapping, but is null")]
    [InlineData("inputs: [{task: nope}]", "Task input nope does not exist.")]
    [InlineData("inputs: [{task: t}]", "Group \"t-group\" requires input group \"t-group\" exists before itself.")]
    [InlineData("inputs: [{}]", "task \"t\", inputs[0] must have either task or url")]
    [InlineData("inputs: [{url: \"s3://b\", regex: \"(\"}]", "Invalid regex: (")]
    [InlineData("inputs: [{url: \"ftp://b\"}]", "Unknown URI scheme: ftp")]
    [InlineData("inputs: [{dataset: {name: d}}]", "Unknown field \"dataset\" in task \"t\", inputs[0]")]
    [InlineData("outputs: [{url: \"https://b\"}]", "nothing can be put to an https URL")]
    [InlineData(
        "files: [{path: /osmo/x, contents: a}]",
        "Empty path or adding file to \"/osmo\" is forbidden for file: /osmo/x")]
    [InlineData("files: [{path: \"\", contents: a}]", "Empty path or adding file to \"/osmo\" is forbidden for file: ")]
    [InlineData(
        "files: [{path: /a, contents: a}, {path: /a, contents: b}]",
        "Task \"t\" has multiple files at the same path \"/a\". Each file path must be unique.")]
    [InlineData(
        "files: [{path: /a, contents: a, localpath: b}]",
        "Files tag dont support contents and localpath together")]
    [InlineData("files: [{path: /a, localpath: nope.sh}]", "The file/path nope.sh does not exist!")]
    [InlineData("files: [{path: /a}]", "task \"t\", files[0]: contents is missing")]
    [InlineData("volumeMounts: [\"a:b:c\"]", "Invalid task volume mount: a:b:c.")]
    [InlineData(
        "downloadType: mountpoint-s3",
        "downloadType \"mountpoint-s3\" is not known; the only type is download")]
    [InlineData("cacheSize: 5GB", "Resource cache field has invalid unit: GB")]
    [InlineData("exitActions: {RESTART: 1}", "Invalid exit action RESTART for task t.")]
    [InlineData("exitActions: {FAIL: \"1, 2\"}", "Invalid exit codes 1, 2 for action FAIL for task t.")]
    [InlineData("exitActions: {FAIL: \"5-\"}", "Invalid exit codes 5- for action FAIL for task t.")]
    [InlineData("checkpoint: [{path: /a, url: \"s3://b\", frequency: true}]", "Cannot recognize duration: True.")]
    [InlineData("checkpoint: [{path: /a, url: nope, frequency: 1m}]", "nope is no storage URL")]
    [InlineData("credentials: null", "task \"t\": credentials must be a mapping, but is null")]
    [InlineData("credentials: {c: {A: null}}", "credential c must name a payload key, but has null")]
    [InlineData("privileged: maybe", "task \"t\": privileged must be true or false, but is the text \"maybe\"")]
    [InlineData("resource: turbo", "Requesting undefined resource turbo.")]
    [InlineData("inptus: []", "Unknown field \"inptus\" in task \"t\"")]
    public void A_broken_field_of_a_task_is_named(string field, string message) =>
        Assert.Contains(Graphs.Errors(Task(field)), error => error.Contains(message));

    [Theory]
    [InlineData(
        "resources: {default: {cpu: 0.5}}",
        "resource \"default\": cpu must be a whole number, but is the number 0.5")]
    [InlineData("resources: {default: {memory: 5GB}}", "Resource memory field has invalid unit: GB")]
    [InlineData("resources: {default: {storage: -1Gi}}", "Resource storage field has invalid value -1Gi")]
    [InlineData(
        "resources: {big: {cpu: 1}}",
        "Task t has no specified resource. Specify a default resource in the resources section.")]
    [InlineData("resources: null", "workflow: resources must be a mapping, but is null")]
    [InlineData("resources: {default: null}", "resource \"default\" must be a mapping, but is null")]
    [InlineData("timeout: null", "timeout must be a mapping, but is null")]
    [InlineData(
        "timeout: {exec_timeout: 10h5m}",
        "Cannot recognize duration: 10h5m. Only support ISO 8601 (e.g. PT10S) or xd, xh, xm, xs, xms, xus")]
    [InlineData("timeout: {exec_timeout: \"30\"}", "Cannot recognize duration: 30.")]
    [InlineData("labels: {a: 1}", "Workflow label values must be strings.")]
    [InlineData("labels: {-a: b}", "Label key \"-a\" is not valid")]
    [InlineData("labels: {a: \"\"}", "Value \"\" of label \"a\" is not valid")]
    [InlineData("bogus: 1", "Unknown field \"bogus\" in workflow")]
    [InlineData("groups: [{name: x, tasks: []}]", "Cannot use both groups and tasks in the same workflow.")]
    public void A_broken_field_of_the_workflow_is_named(string field, string message) =>
        Assert.Contains(Graphs.Errors(Graphs.WithTask("", field)), error => error.Contains(message));

    [Theory]
    [InlineData("groups: []", "Workflows need to have at least one group or one task.")]
    [InlineData("groups: [{name: x, tasks: []}]", "Group \"x\" needs to have at least one task.")]
    [InlineData(
        "groups: [{name: x, tasks: [{name: a, image: i, command: [x]}, {name: b, image: i, command: [x]}]}]",
        "Group \"x\" has 0 leader(s) but must have exactly one.")]
    [InlineData(
        "tasks: [{name: a_b, image: i, command: [x]}, {name: A-B, image: i, command: [x]}]",
        "Multiple tasks/groups have the same name: \"a-b\".")]
    [InlineData(
        "tasks: [{name: x, image: i, command: [x]}, {name: x-group, image: i, command: [x]}]",
        "Multiple tasks/groups have the same name: \"x-group\".")]
    [InlineData(
        "tasks: [{name: a, image: i, command: [x], inputs: [{task: b}]}, {name: b, image: i, command: [x]}]",
        "Group \"a-group\" requires input group \"b-group\" exists before itself.")]
    [InlineData(
        "tasks: [{name: a23456789012345678901234567890123456789012345678901234567890, image: i, command: [x]}]",
        "is too long. It must be 64 characters or less.")]
    [InlineData("tasks: null", "workflow: tasks must be a list, but is null")]
    public void A_broken_list_of_tasks_is_named(string field, string message) =>
        Assert.Contains(Graphs.Errors($"workflow:\n  name: g\n  {field}\n"), error => error.Contains(message));

    [Theory]
    [InlineData("", "Workflow spec not found.")]
    [InlineData("a: [", "Workflow spec is not properly formatted:")]
    [InlineData("workflow: 5", "workflow must be a mapping, but is the number 5")]
    [InlineData(
        "workflow: {name: g, tasks: [{name: a, image: i, command: [x]}]}\nother: 1",
        "Unknown top-level key \"other\" found in the workflow spec.")]
    [InlineData("x: &a [1]\ny: *b", "found undefined alias 'b'")]
    public void A_file_that_is_no_graph_says_so(string text, string message) =>
        Assert.Contains(Graphs.Errors(text), error => error.Contains(message));

    [Fact]
    public void All_errors_come_in_one_go_in_the_order_of_the_file()
    {
        var outcome = Graphs.Render("""
            workflow:
              name: "1x"
              resources: {default: {memory: 5GB}}
              tasks:
              - name: a
                image: busybox
                command: [x]
                inputs: [{task: zz}]
              - name: b
                command: [x]
                resource: turbo
            """);

        Assert.Equal([2, 3, 8, 9, 11], outcome.Errors.Select(error => error.Line));
        Assert.All(outcome.Errors, error => Assert.Equal(Graphs.File, error.File));
        Assert.Equal(9, outcome.Errors[0].Column);
    }

    [Fact]
    public void A_misspelt_field_gets_a_suggestion() =>
        Assert.Equal("did you mean \"inputs\"?", Graphs.Render(Task("inptus: []")).Errors[0].Hint);

    [Fact]
    public void A_bomb_of_aliases_ends_in_an_error()
    {
        var text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat("bcdefghij".Select(c =>
            $"{c}: &{c} [{string.Join(',', Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n"));

        Assert.Contains("nodes", Assert.Single(Graphs.Errors(text)));
    }

    [Fact]
    public void Deep_nesting_ends_in_an_error() =>
        Assert.Contains("levels deep", Assert.Single(Graphs.Errors(new string('[', 5000))));

    private static string Task(string field)
    {
        var name = field[..field.IndexOf(':')];
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["command"] = "command: [x]",
            ["image"] = "image: busybox",
            ["name"] = "name: t",
            [name] = field,
        };
        return $"workflow:\n  name: g\n  tasks:\n  - {string.Join("\n    ", fields.Values)}\n";
    }
}

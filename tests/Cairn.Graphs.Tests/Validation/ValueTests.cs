using Cairn.Graphs.Rendering;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Validation;

namespace Cairn.Graphs.Tests.Validation;

/// <summary>What valid values become: spec/osmo.md 1.4, 1.6, 1.7, 1.9, 4.1.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("1.5", 1.5)]
    [InlineData("1:30:00", 5400)]
    [InlineData("true", 1)]
    [InlineData("10m", 600)]
    [InlineData("\"5 m\"", 300)]
    [InlineData("-5m", -300)]
    [InlineData("250ms", 0.25)]
    [InlineData("3us", 0.000003)]
    [InlineData("2d", 172800)]
    [InlineData("PT1H30M", 5400)]
    [InlineData("P1DT0.5S", 86400.5)]
    public void A_duration_is_seconds(string written, double seconds) =>
        Assert.Equal(
            seconds, Graphs.Spec(Graphs.WithTask("", $"timeout: {{exec_timeout: {written}}}")).ExecTimeoutSeconds);

    [Theory]
    [InlineData("PT")]
    [InlineData("P")]
    [InlineData("1.5h")]
    [InlineData("h")]
    [InlineData("5w")]
    [InlineData("")]
    public void Other_texts_are_no_duration(string written) => Assert.Null(Duration.Parse(written));

    [Theory]
    [InlineData("1024", "1.0Ki")]
    [InlineData("1000", "0.9765625Ki")]
    [InlineData("1.5", "0.00146484375Ki")]
    [InlineData("64Gi", "64Gi")]
    [InlineData("5G", "5G")]
    [InlineData("500m", "500m")]
    [InlineData("0.00001", "9.765625e-09Ki")]
    public void A_quantity_keeps_its_unit_and_gets_one_when_it_has_none(string written, string normalised)
    {
        Assert.Equal(normalised, Quantity.Normalise(written, out _));
        Assert.True(Quantity.Bytes(normalised) >= 0);
    }

    [Theory]
    [InlineData("1G", 1L << 30)]
    [InlineData("1GiB", 1L << 30)]
    [InlineData("0.5Ki", 512)]
    [InlineData("3B", 3)]
    [InlineData("2000m", 2)]
    public void A_quantity_is_bytes(string quantity, long bytes) => Assert.Equal(bytes, Quantity.Bytes(quantity));

    [Theory]
    [InlineData("\"16\"", 16)]
    [InlineData("4.0", 4)]
    [InlineData("true", 1)]
    [InlineData("\"4.0\"", 4)]
    public void A_count_may_be_written_in_other_types(string written, int count) =>
        Assert.Equal(
            count, Graphs.Spec(Graphs.WithTask("", $"resources: {{default: {{cpu: {written}}}}}")).Resources[0].Cpu);

    [Theory]
    [InlineData("ubuntu")]
    [InlineData("ubuntu:22.04")]
    [InlineData("nvcr.io/nvidia/pytorch:24.01-py3")]
    [InlineData("localhost:5000/a/b")]
    [InlineData("registry:5000/a")]
    [InlineData("10.0.0.1/a")]
    [InlineData("a@sha256:0123456789abcdef0123456789abcdef")]
    [InlineData("my_org/my-image__x:tag")]
    public void An_image_reference_is_read(string image) => Assert.True(ImageReference.IsValid(image));

    [Theory]
    [InlineData("")]
    [InlineData("Ubuntu")]
    [InlineData("a b")]
    [InlineData("a:")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("http://a/b")]
    public void Another_text_is_no_image(string image) => Assert.False(ImageReference.IsValid(image));

    [Theory]
    [InlineData("s3://b", true)]
    [InlineData("s3://b/p/", true)]
    [InlineData("s3://", false)]
    [InlineData("azure://a", false)]
    [InlineData("azure://a/c", true)]
    [InlineData("swift://e/a/c", true)]
    [InlineData("tos://e", false)]
    [InlineData("s3://b/a;b", false)]
    [InlineData("https://x", false)]
    [InlineData("cairn://vda/x", true)]
    public void A_storage_url_names_enough(string url, bool valid) => Assert.Equal(valid, StorageUrl.IsValid(url));

    [Fact]
    public void Environment_values_are_written_as_python_writes_them()
    {
        var task = Graphs.Task("environment: {A: true, B: 1_000, C: 1e3, D: 1.50, NO: x, 7: y, E: 0o7}");

        Assert.Equal(
            ["A=True", "B=1000", "C=1e3", "D=1.5", "False=x", "7=y", "E=0o7"],
            task.Environment.Select(pair => $"{pair.Name}={pair.Value}"));
    }

    [Fact]
    public void Exit_actions_are_tried_in_the_stored_order()
    {
        var task = Graphs.Task("exitActions: {reschedule: 9, COMPLETE: 0-1, fail: \"2,3\"}");

        Assert.Equal(
            [ExitVerb.FAIL, ExitVerb.COMPLETE, ExitVerb.RESCHEDULE], task.ExitActions.Select(action => action.Verb));
    }

    [Theory]
    [InlineData("1,3-5", 4, true)]
    [InlineData("1,3-5", 2, false)]
    [InlineData("9-1", 5, false)]
    [InlineData("1-23-4", 7, true)]
    public void Codes_match(string codes, int code, bool matches)
    {
        Assert.True(ExitAction.IsValid(codes));
        Assert.Equal(matches, new ExitAction(ExitVerb.FAIL, codes).Matches(code));
    }

    [Theory]
    [InlineData("exitActions: {RESCHEDULE: 9}", "reschedule-without-retries")]
    [InlineData("inputs: [{url: \"file:data\"}]", "not-portable")]
    [InlineData("args: [\"{{input:3}}\"]", "token-unknown")]
    [InlineData("args: [\"{{host:nim-server}}\"]", "token-unknown")]
    [InlineData("environment: {ON: 1}", "key-is-boolean")]
    [InlineData("backend: x", "field-ignored")]
    public void What_does_nothing_or_not_what_it_seems_is_warned_about(string field, string code) =>
        Assert.Contains(code, Graphs.Warnings(Graphs.WithTask(field)));

    [Fact]
    public void A_reschedule_is_not_warned_about_where_the_graphs_pool_allows_retries()
    {
        var options = new GraphOptions { RetriesOf = pool => pool == "big" ? 2 : 0 };
        var text = Graphs.WithTask("exitActions: {RESCHEDULE: 9}", "pool: big");

        Assert.DoesNotContain(
            Graphs.Render(text, options: options).Warnings, warning => warning.Code == "reschedule-without-retries");
    }

    [Fact]
    public void Many_tasks_are_a_warning_and_an_error_when_strict()
    {
        var tasks = string.Concat(Enumerable.Range(0, 21).Select(i => $"  - {{name: t{i}, image: i, command: [x]}}\n"));
        var text = "workflow:\n  name: g\n  tasks:\n" + tasks;

        Assert.Contains("many-tasks", Graphs.Warnings(text));
        Assert.Equal(
            "Workflow cannot have more than 20 tasks.",
            Assert.Single(Graphs.Render(text, options: new GraphOptions { Strict = true }).Errors).Message);
    }
}

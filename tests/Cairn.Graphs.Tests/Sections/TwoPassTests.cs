using Cairn.Graphs.Rendering;

namespace Cairn.Graphs.Tests.Sections;

/// <summary>Sections, both passes, tokens: spec/osmo.md 1.1, 2.2 to 2.5.</summary>
public sealed class TwoPassTests
{
    private static GraphValues Set(params string[] items) => new() { Set = items };

    private static string Templated(string field, string defaults = "", string value = "environment") =>
        Graphs.WithTask($"{value}: {{X: {field}}}")
        + (defaults.Length > 0 ? "\ndefault-values:\n" + defaults : "");

    private static string Variable(string text, GraphValues? values = null) =>
        Graphs.Spec(text, values).Groups[0].Tasks[0].Environment[0].Value;

    [Fact]
    public void A_default_fills_a_variable_and_a_given_value_wins()
    {
        var text = Templated("\"{{a}}\"", "  a: one\n");

        Assert.Equal("one", Variable(text));
        Assert.Equal("two", Variable(text, Set("a=two")));
        Assert.Equal("3", Variable(text, new GraphValues { Set = ["a=two"], SetString = ["a=3"] }));
    }

    [Fact]
    public void A_nested_default_resolves_from_a_given_value()
    {
        var text = Templated("\"{{b}}\"", "  a: one\n  b: \"{{a}}/x\"\n");

        Assert.Equal("two/x", Variable(text, Set("a=two")));
    }

    [Fact]
    public void A_nested_default_does_not_resolve_from_another_default_and_the_hint_says_so()
    {
        var text = Templated("\"{{b}}\"", "  a: one\n  b: \"{{a}}/x\"\n");

        var error = Assert.Single(Graphs.Render(text).Errors);

        Assert.Equal("Jinja substitution failure: UndefinedError: 'a' is undefined", error.Message);
        Assert.Contains("--set a=VALUE", error.Hint);
        Assert.Contains("defaults do not resolve inside each other", error.Hint);
    }

    [Fact]
    public void A_nested_given_value_resolves_too() =>
        Assert.Equal("1", Variable(Templated("\"{{a}}\""), Set("a={{b}}", "b=1")));

    [Fact]
    public void A_dry_run_shows_a_nested_default_unresolved() =>
        Assert.Contains(
            "'{{a}}/x'", Graphs.Render(Templated("\"{{b}}\"", "  b: \"{{a}}/x\"\n"), Set("a=1")).DryRun);

    [Fact]
    public void An_undefined_variable_has_its_line_in_the_file()
    {
        var error = Assert.Single(Graphs.Render("# first\n\n" + Templated("\"{{storage_url}}\"")).Errors);

        Assert.Equal("Jinja substitution failure: UndefinedError: 'storage_url' is undefined", error.Message);
        Assert.Equal((9, Graphs.File), (error.Line, error.File));
        Assert.Contains("--set storage_url=VALUE", error.Hint);
    }

    [Fact]
    public void A_dictionary_of_defaults_prints_as_yaml()
    {
        var text = """
            workflow:
              name: ray
              resources: {{resources}}
              tasks:
              - {name: t, image: busybox, command: [x]}
            default-values:
              resources:
                default: {cpu: 2, memory: 4Gi, gpu: null}
            """;

        var error = Assert.Single(Graphs.Render(text).Errors);

        // None prints as the word None, which YAML reads as a text: so does the original.
        Assert.Contains("gpu must be a whole number, but is the text \"None\"", error.Message);
        Assert.Equal(2, Graphs.Spec(text.Replace(", gpu: null", "")).Resources[0].Cpu);
    }

    [Fact]
    public void Loops_and_conditions_make_tasks()
    {
        var text = """
            workflow:
              name: loop
              groups:
              - name: team
                tasks:
            {%- for i in range(n) %}
                - name: w-{{i}}
                  image: busybox
                  command: [x]
            {%- if i == 0 %}
                  lead: true
            {%- endif %}
                  args: ["{{host:w-0}}", "{{ i }}"]
            {%- endfor %}
            """;

        var tasks = Graphs.Spec(text, Set("n=3")).Groups[0].Tasks;

        Assert.Equal(["w-0", "w-1", "w-2"], tasks.Select(task => task.Name));
        Assert.Equal(["{{host:w-0}}", "2"], tasks[2].Args);
        Assert.Equal([true, false, false], tasks.Select(task => task.Lead));
    }

    [Fact]
    public void A_token_built_with_raw_comes_alive()
    {
        var text = Graphs.WithTask(
            "args: [\"{% raw %}{{host:worker_{% endraw %}{{1}}{% raw %}}}{% endraw %}\", "
            + "\"{% raw %}{{output}}{% endraw %}\"]");

        Assert.Equal(["{{host:worker_1}}", "{{output}}"], Graphs.Spec(text).Groups[0].Tasks[0].Args);
    }

    [Fact]
    public void A_token_with_blanks_is_no_token() =>
        Assert.Contains("'output' is undefined", Assert.Single(Graphs.Errors(Templated("\"{{ output }}\""))));

    [Theory]
    [InlineData("{{uuid}}")]
    [InlineData("{{workflow_id}}")]
    [InlineData("{{input:0}}/x")]
    [InlineData("{{input:prep}}")]
    public void Tokens_stay_as_they_are(string token) =>
        Assert.Equal(token, Variable(Templated($"\"{token}\""), Set("uuid=1", "workflow_id=2", "output=3")));

    [Fact]
    public void Injected_files_are_templates_too_and_keep_their_last_line_end()
    {
        var text = Graphs.WithTask("files: [{path: /x, localpath: run.sh}]");
        var files = new Dictionary<string, string> { ["run.sh"] = "echo {{who}} {{output}}\n" };

        var task = Graphs.Spec(text, Set("who=me"), files).Groups[0].Tasks[0];

        Assert.Equal("echo me {{output}}\n", task.Files[0].Contents);
    }

    [Fact]
    public void A_script_that_looks_like_a_template_is_an_error_with_its_own_line_and_both_remedies()
    {
        var text = Graphs.WithTask("files: [{path: /x, localpath: run.sh}]");
        var files = new Dictionary<string, string> { ["run.sh"] = "#!/bin/bash\na=(1 2)\necho ${#a[@]}\n" };

        var error = Assert.Single(Graphs.Render(text, files: files).Errors);

        Assert.Equal(("run.sh", 3), (error.File, error.Line));
        Assert.Contains("Missing end of comment tag", error.Message);
        Assert.Contains("{% raw %}", error.Hint);
        Assert.Contains("base64: true", error.Hint);
    }

    [Fact]
    public void Quotes_in_a_nested_expression_work_here_and_are_warned_about()
    {
        var text = Templated("\"{{b}}\"", "  b: \"{{ a | default('q') }}\"\n");

        var outcome = Graphs.Render(text);

        Assert.Equal("q", outcome.Spec!.Groups[0].Tasks[0].Environment[0].Value);
        Assert.Contains("second-pass-quoting", outcome.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public void A_whole_expression_is_read_again_where_a_number_is_wanted_and_stays_text_elsewhere()
    {
        var text = """
            workflow:
              name: g
              labels: {n: "{{nested}}"}
              resources: {default: {cpu: "{{nested}}"}}
              tasks:
              - {name: t, image: busybox, command: ["{{nested}}"]}
            default-values:
              nested: "{{n}}"
            """;

        var spec = Graphs.Spec(text, Set("n=4"));

        Assert.Equal((4, "4", "4"), (spec.Resources[0].Cpu, spec.Labels[0].Value, spec.Groups[0].Tasks[0].Command[0]));
    }

    [Fact]
    public void An_error_in_a_loop_names_the_templates_line()
    {
        var text = """
            workflow:
              name: g
              tasks:
            {%- for i in range(3) %}
              - name: t{{i}}
                image: busybox
                command: [x]
                bogus: 1
            {%- endfor %}
            """;

        var errors = Graphs.Render(text, Set("n=3")).Errors;

        Assert.Equal(3, errors.Count);
        Assert.All(errors, error => Assert.Equal(8, error.Line));
        Assert.Equal(
            ["task \"t0\"", "task \"t1\"", "task \"t2\""], errors.Select(error => error.Message.Split(" in ")[1]));
    }

    [Theory]
    [InlineData("other: 1\n", "Unknown top-level key \"other\" found in the workflow spec.")]
    [InlineData("workflow:\n  name: b\n", "Duplicate top-level key \"workflow\" found in the workflow spec.")]
    public void Top_level_keys_of_a_template_are_checked_before_yaml(string extra, string message) =>
        Assert.Contains(message, Graphs.Errors(Templated("\"{{a}}\"", "  a: 1\n") + extra));

    [Fact]
    public void Text_before_the_first_section_of_a_template_is_dropped() =>
        Assert.Equal("1", Variable("{% set junk = %}\n---\n" + Templated("\"{{a}}\"", "  a: 1\n")));

    [Theory]
    [InlineData("\uFEFFworkflow:\n  name: {{x}}\n")]
    [InlineData("{{x}}\n")]
    public void A_template_without_a_visible_workflow_is_refused(string text) =>
        Assert.Equal(["Workflow spec not found."], Graphs.Errors(text));

    [Fact]
    public void A_byte_order_mark_is_harmless_without_templates() =>
        Assert.Equal("g", Graphs.Spec("\uFEFF" + Graphs.WithTask("")).Name);

    [Fact]
    public void The_last_of_two_workflows_counts_without_templates()
    {
        var outcome = Graphs.Render("workflow: {name: first}\n" + Graphs.WithTask(""));

        Assert.Equal("g", outcome.Spec!.Name);
        Assert.Contains("key-repeated", outcome.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public void Many_small_texts_share_the_steps_of_a_second_pass()
    {
        var files = Enumerable.Range(0, 200).ToDictionary(i => $"f{i}", _ => "{% for i in range(90000) %}{% endfor %}");
        var fields = files.Keys.Select(file => $"{{path: /{file}, localpath: {file}}}");
        var text = Graphs.WithTask($"files: [{string.Join(", ", fields)}]");

        var errors = Graphs.Render(text, files: files).Errors;

        Assert.Contains(errors, error => error.Message.Contains("FuelExhausted", StringComparison.Ordinal));
    }

    [Fact]
    public void A_template_without_end_ends_in_an_error()
    {
        var text = Templated("\"{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}\"");

        Assert.Contains("FuelExhausted", Assert.Single(Graphs.Errors(text)));
    }
}

using Cairn.Platform.Projects;
using Cairn.Platform.Tests.Stores;

namespace Cairn.Platform.Tests.Projects;

public sealed class ProjectReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private ProjectPlaces Places => new()
    {
        Current = _folder.Path,
        UserHome = _folder.At("user"),
        Shipped = _folder.At("shipped"),
    };

    [Fact]
    public void Without_a_file_there_is_one_pool_of_the_whole_machine_and_stores_are_made_as_they_are_named()
    {
        var project = ProjectReader.Load(Places);

        var pool = Assert.Single(project.Pools);
        Assert.Equal(("local", true, null, null), (pool.Name, pool.IsDefault, pool.Cpus, pool.MemoryBytes));
        Assert.Null(project.File);
        Assert.True(project.StoreLayout.MakeUndeclared);
        Assert.Equal(_folder.At(".cairn"), project.StateFolder);
        Assert.Equal(_folder.At("user/.config/cairn/secrets.yaml"), project.SecretsFile);
    }

    [Theory]
    [InlineData("nvcr.io/nvidia/paidf-augmentation:*", "shipped/pipelines/vda/cpu", 2048)]
    [InlineData("nvcr.io/nvidia/paidf-auto-labeling:*", "shipped/pipelines/vda/cpu", 2048)]
    [InlineData("nvcr.io/nvidia/base/ubuntu:*", "shipped/pipelines/vda/cpu", 512)]
    public void Reference_images_become_the_workers_that_came_with_the_program(
        string match, string folder, int mebibytes)
    {
        var image = Assert.Single(ProjectReader.Load(Places).Images, image => image.Match == match);

        Assert.Equal(
            (_folder.At(folder), 1, 0, (long)mebibytes << 20),
            (image.HostFolder, image.Cpu, image.Gpu, image.MemoryBytes));
    }

    [Fact]
    public void Plain_images_become_the_host_as_it_is_and_keep_what_the_graph_asks_for()
    {
        var image = Assert.Single(ProjectReader.Load(Places).Images, image => image.Match == "python:3*");

        Assert.Equal(("/", null, null), (image.HostFolder, image.Cpu, image.MemoryBytes));
    }

    [Fact]
    public void The_nearest_file_upwards_is_the_project()
    {
        _folder.Write("cairn.yaml", "cairn: 1");
        Directory.CreateDirectory(_folder.At("a/b"));

        var project = ProjectReader.Load(Places with { Current = _folder.At("a/b") });

        Assert.Equal((_folder.At("cairn.yaml"), _folder.Path), (project.File, project.Folder));
    }

    [Fact]
    public void The_variable_moves_the_state_and_not_the_project()
    {
        _folder.Write("cairn.yaml", "cairn: 1");

        var project = ProjectReader.Load(Places with { Home = "elsewhere" });

        Assert.Equal((_folder.Path, _folder.At("elsewhere")), (project.Folder, project.StateFolder));
    }

    [Fact]
    public void Everything_that_a_file_can_say_is_read()
    {
        Directory.CreateDirectory(_folder.At("images/base"));

        var project = Read("""
            cairn: 1
            name: kitchen
            stores: {scenes: {url: "file:data/scenes", serves: ["gs://acme-scenes"]}}
            pools:
              local: {executor: local, cpus: 4, memory: 8Gi, gpus: auto, network: none, max_retry_per_task: 2}
              night: {default: true, cpus: auto, memory: auto, default_exec_timeout: 2h}
            images:
            - {match: "ubuntu:*", host: images/base, resources: {cpu: 2, memory: 512Mi}, environment: {A: 1, B: no}}
            - {match: "alpine:*", podman: true}
            limits: {graph.tasks: 500, flow.call_depth: 30}
            secrets: {file: ~/keys.yaml}
            journal: {keep: P10DT1H}
            environment: {K: V}
            graphs: [graphs/*.yaml]
            """);

        Assert.Equal("kitchen", project.Name);
        var store = Assert.Single(project.Stores!);
        Assert.Equal(("scenes", _folder.At("data/scenes")), (store.Name, store.Folder));
        Assert.Equal(["gs://acme-scenes"], store.Serves);
        Assert.Equal((4, 8L << 30, null, "none", 2), (
            project.Pools[0].Cpus, project.Pools[0].MemoryBytes, project.Pools[0].Gpus, project.Pools[0].Network,
            project.Pools[0].MaxRetryPerTask));
        Assert.Equal(
            ("night", TimeSpan.FromHours(2)), (project.DefaultPool.Name, project.DefaultPool.DefaultExecTimeout));
        Assert.Equal((_folder.At("images/base"), 2, 512L << 20), (
            project.Images[0].HostFolder, project.Images[0].Cpu, project.Images[0].MemoryBytes));
        Assert.Equal([new("A", "1"), new("B", "no")], project.Images[0].Environment);
        Assert.Null(project.Images[1].HostFolder);
        Assert.Equal((500L, 30L), (project.Limits["graph.tasks"], project.Limits["flow.call_depth"]));
        Assert.Equal((_folder.At("user/keys.yaml"), true), (project.SecretsFile, project.SecretsDeclared));
        Assert.Equal(new TimeSpan(10, 1, 0, 0), project.JournalKeep);
        Assert.Equal([new("K", "V")], project.Environment);
        Assert.Equal([_folder.At("graphs/*.yaml")], project.Graphs);
        Assert.False(project.StoreLayout.MakeUndeclared);
    }

    [Fact]
    public void All_that_is_wrong_is_said_in_one_go_with_its_place()
    {
        var problems = Problems("""
            cairn: 1
            poools: {}
            pools:
              local: {cpu: 4, network: lan, max_retry_per_task: -1}
            journal: {keep: ninety}
            stores: {a b: {url: "gs://x"}}
            """);

        Assert.Equal(
            [
                (2, 1, "unknown key \"poools\"", "did you mean pools?"),
                (4, 11, "pools.local: unknown key \"cpu\"", "did you mean cpus?"),
                (4, 28, "pools.local.network: expected none or group or host, got \"lan\"", null),
                (4, 53, "pools.local.max_retry_per_task: expected a whole number from 0, got the number -1", null),
                (5, 17, "journal.keep: expected a duration such as 90d, 12h, 30m, 10s or PT1H30M, got \"ninety\"",
                    null),
                (6, 10, "stores: \"a b\" should be a name: 1 to 63 letters, digits, dots, dashes and underscores",
                    null),
                (6, 21, "stores.a b.url: expected a folder as file:PATH, got \"gs://x\"", null),
            ],
            problems.Select(problem => (problem.Line, problem.Column, problem.Message, problem.Hint)));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("[1]", "expected a map, got a list")]
    [InlineData("name: x", "cairn is missing")]
    [InlineData("cairn: 2", "cairn: this version reads format 1")]
    [InlineData("cairn: 1\ncairn: 1", "no valid YAML: Duplicate key")]
    [InlineData("cairn: 1\nname: {", "no valid YAML: ")]
    [InlineData("cairn: 1\n---\na: 1", "one document is expected, a second one begins here")]
    [InlineData("cairn: 1\nname: 12", "name: expected a name: ")]
    [InlineData("cairn: 1\npools: {}", "pools: at least one pool is needed")]
    [InlineData("cairn: 1\npools: {a: {default: true}, b: {default: true}}", "pools.b: a is the default pool already")]
    [InlineData("cairn: 1\npools: {a: {cpus: 0.5}}", "pools.a.cpus: expected a whole number from 1, or auto, got")]
    [InlineData("cairn: 1\npools: {a: {default: yes}}", "pools.a.default: expected true or false, got \"yes\"")]
    [InlineData("cairn: 1\npools: {a: {memory: 8GB}}", "pools.a.memory: expected an amount such as 512Mi")]
    [InlineData("cairn: 1\nimages: [{match: a}]", "images[0]: exactly one of host and podman: true is needed")]
    [InlineData("cairn: 1\nimages: [{match: a, host: no/such}]", "images[0]: there is no folder ")]
    [InlineData("cairn: 1\nimages: [{podman: true}]", "images[0]: match is missing")]
    [InlineData("cairn: 1\ninclude: [none.yaml]", "include: there is no file ")]
    [InlineData("cairn: 1\nsecrets: {}", "secrets: file is missing")]
    [InlineData("cairn: 1\npolicies: {a: 1}", "policies.a: expected a map, got the number 1")]
    [InlineData("cairn: 1\nstores: {a: {url: 'file:d'}, b: {url: 'file:d/e'}}", "stores.b: its folder ")]
    [InlineData(
        "cairn: 1\nstores: {a: {url: 'file:d', serves: ['gs://x']}, b: {url: 'file:e', serves: ['gs://x/']}}",
        "stores.b: gs://x is served by a already")]
    public void A_file_that_cannot_be_used_says_why(string text, string message) =>
        Assert.Contains(Problems(text), problem => problem.Message.StartsWith(message, StringComparison.Ordinal));

    [Fact]
    public void Included_files_add_to_maps_and_lists_and_their_paths_are_their_own()
    {
        _folder.Write("parts/stores.yaml", "stores: {b: {url: 'file:b'}}\ngraphs: [g.yaml]");
        _folder.Write("parts/more.yaml", "environment: {X: 1}");

        var project = Read("cairn: 1\ninclude: [parts/*.yaml]\nstores: {a: {url: 'file:a'}}\ngraphs: [f.yaml]");

        Assert.Equal([_folder.At("a"), _folder.At("parts/b")], project.Stores!.Select(store => store.Folder));
        Assert.Equal([_folder.At("f.yaml"), _folder.At("parts/g.yaml")], project.Graphs);
        Assert.Equal([new("X", "1")], project.Environment);
    }

    [Fact]
    public void A_name_in_two_files_is_reported_with_both_places()
    {
        _folder.Write("more.yaml", "stores: {a: {url: 'file:other'}}");

        var problem = Assert.Single(Problems("cairn: 1\ninclude: [more.yaml]\nstores: {a: {url: 'file:a'}}"));

        Assert.Equal((_folder.At("more.yaml"), 1, 10), (problem.File, problem.Line, problem.Column));
        Assert.Equal("stores.a stands twice", problem.Message);
        Assert.Equal($"first: {_folder.At("cairn.yaml")}:3:10", problem.Hint);
    }

    [Fact]
    public void Files_that_include_each_other_are_read_once()
    {
        _folder.Write("more.yaml", "include: [cairn.yaml]\nenvironment: {X: 1}");

        Assert.Single(Read("cairn: 1\ninclude: [more.yaml]").Environment);
    }

    [Fact]
    public void Sections_that_nothing_uses_yet_are_kept_and_named()
    {
        var project = Read("cairn: 1\npolicies: {p: {on: x}}");

        Assert.True(project.Sections.ContainsKey("policies"));
        var notice = Assert.Single(project.Notices);
        Assert.Equal("policies: read and kept, but this version does nothing with it", notice.Message);
    }

    public void Dispose() => _folder.Dispose();

    private Project Read(string text)
    {
        _folder.Write("cairn.yaml", text);
        return ProjectReader.Load(Places);
    }

    private IReadOnlyList<ProjectProblem> Problems(string text) =>
        Assert.Throws<ProjectException>(() => Read(text)).Problems;
}

using Cairn.Engine.Runs;

namespace Cairn.Platform.Tests.Connectors.Flows;

/// <summary>Executions as child runs of a real engine (spec/workflows.md 6.4).</summary>
public sealed class ChildTests : IAsyncDisposable
{
    private const string Parent = "projects/acme/locations/local/workflows/";

    private readonly FlowBench _bench = new(
        "flows: [flows/*.yaml]\n",
        ("flows/double.yaml", """
            main:
              params: [n]
              steps:
              - done: {return: '${n * 2}'}
            """),
        ("flows/broken.yaml", """
            main:
              steps:
              - fail: {raise: {code: 7, message: "it broke"}}
            """),
        ("flows/slow.yaml", """
            main:
              steps:
              - wait: {call: sys.sleep, args: {seconds: 86400}}
            """),
        ("flows/wrong.yaml", "main: {steps: [{a: {cal: x}}]}\n"));

    [Theory]
    [InlineData("googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run")]
    [InlineData("experimental.executions.run")]
    public async Task A_child_that_is_run_gives_its_value(string call)
    {
        var result = await _bench.Run($$"""
            main:
              steps:
              - child:
                  call: {{call}}
                  args: {workflow_id: double, argument: 21}
                  result: value
              - done: {return: '${value}'}
            """);

        Assert.Equal("42", result);
        var child = Assert.Single(_bench.Engine.Journal.List(new RunFilter { Name = "double" }));
        Assert.Contains(new("parent", "main-1"), child.Labels);
    }

    [Fact]
    public async Task Children_of_a_map_give_their_values_in_the_order_of_the_arguments()
    {
        var result = await _bench.Run("""
            main:
              steps:
              - children:
                  call: experimental.executions.map
                  args: {workflow_id: double, arguments: [3, 1, 2]}
                  result: values
              - done: {return: '${values}'}
            """);

        Assert.Equal("[6,2,4]", result);
        Assert.Equal(3, _bench.Engine.Journal.List(new RunFilter { Name = "double" }).Count);
    }

    [Fact]
    public async Task A_failing_child_is_an_OperationError_with_its_execution()
    {
        var result = await _bench.Run("""
            main:
              steps:
              - child:
                  try:
                    call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run
                    args: {workflow_id: broken}
                  except:
                    as: e
                    steps:
                    - caught:
                        return:
                        - '${e.tags[0]}'
                        - '${e.operation.state}'
                        - '${json.decode(e.operation.error.payload).code}'
            """);

        Assert.Equal("""["OperationError","FAILED",7]""", result);
    }

    [Fact]
    public async Task A_created_execution_goes_on_by_itself_and_can_be_looked_at_listed_and_cancelled()
    {
        var result = await _bench.Run("""
            main:
              steps:
              - create:
                  call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.create
                  args:
                    parent: projects/acme/locations/local/workflows/slow
                    body: {argument: '{"a":1}', labels: {k: v}}
                  result: execution
              - get:
                  call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.get
                  args: {name: '${execution.name}'}
                  result: seen
              - list:
                  call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.list
                  args: {parent: projects/acme/locations/local/workflows/slow}
                  result: all
              - cancel:
                  call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.cancel
                  args: {name: '${execution.name}'}
                  result: cancelled
              - done:
                  return:
                  - '${seen.argument}'
                  - '${seen.labels.k}'
                  - '${len(all.executions)}'
                  - '${cancelled.state}'
            """);

        Assert.Equal("""["{\"a\":1}","v",1,"CANCELLED"]""", result);
        Assert.Equal(
            Outcome.Cancelled, Assert.Single(_bench.Engine.Journal.List(new RunFilter { Name = "slow" })).Outcome);
    }

    [Theory]
    [InlineData("none", "\"1\"", 404)]
    [InlineData("wrong", "\"1\"", 400)]
    [InlineData("double", "\"{no json\"", 400)]
    [InlineData("double", "7", 400)]
    public async Task A_flow_that_cannot_be_started_is_said(string workflow, string argument, int code)
    {
        var result = await _bench.Run($$"""
            main:
              steps:
              - child:
                  try:
                    call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.create
                    args:
                      parent: {{Parent}}{{workflow}}
                      body:
                        argument: {{argument}}
                  except:
                    as: e
                    steps:
                    - caught: {return: '${e.code}'}
            """);

        Assert.Equal($"{code}", result);
    }

    [Fact]
    public async Task A_flow_that_was_deployed_by_a_flow_can_be_run_changed_and_deleted()
    {
        var result = await _bench.Run("""
            main:
              steps:
              - create:
                  call: googleapis.workflows.v1.projects.locations.workflows.create
                  args:
                    parent: projects/acme/locations/local
                    workflowId: fresh
                    body:
                      sourceContents: |
                        main:
                          steps:
                          - done: {return: '${sys.get_env("WHO")}'}
                      userEnvVars: {WHO: me}
                  result: made
              - run:
                  call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run
                  args: {workflow_id: fresh}
                  result: who
              - patch:
                  call: googleapis.workflows.v1.projects.locations.workflows.patch
                  args:
                    name: '${made.name}'
                    updateMask: userEnvVars
                    body: {userEnvVars: {WHO: you}}
                  result: changed
              - rerun:
                  call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run
                  args: {workflow_id: fresh}
                  result: other
              - delete:
                  call: googleapis.workflows.v1.projects.locations.workflows.delete
                  args: {name: '${made.name}'}
              - list:
                  call: googleapis.workflows.v1.projects.locations.workflows.list
                  args: {parent: projects/acme/locations/local}
                  result: all
              - done:
                  return: ['${who}', '${other}', '${text.substring(changed.revisionId, 0, 6)}', '${len(all.workflows)}']
            """);

        Assert.Equal("""["me","you","000002",4]""", result);
    }

    [Fact]
    public async Task A_parent_that_waits_finds_its_child_again_after_a_restart()
    {
        var parent = await _bench.Start("""
            main:
              steps:
              - child:
                  call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run
                  args: {workflow_id: slow}
            """);
        await _bench.Until(parent, () => _bench.Engine.Journal.List(new RunFilter { Name = "slow" }).Count == 1);
        await _bench.RestartAsync();
        var child = Assert.Single(_bench.Engine.Journal.List(new RunFilter { Name = "slow" }));

        await _bench.Engine.SendAsync(child, new("c", Cairn.Engine.Programs.InboxKind.Cancel, "{}"u8.ToArray()));
        var end = await _bench.End(parent);

        Assert.Contains("OperationError", end.GetProperty("error").GetProperty("payload").GetRawText(),
            StringComparison.Ordinal);
        Assert.Single(_bench.Engine.Journal.List(new RunFilter { Name = "slow" }));
    }

    [Fact]
    public async Task A_child_goes_on_when_its_parent_is_cancelled()
    {
        var parent = await _bench.Start("""
            main:
              steps:
              - child:
                  call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run
                  args: {workflow_id: slow}
            """);
        await _bench.Until(parent, () => _bench.Engine.Journal.List(new RunFilter { Name = "slow" }).Count == 1);

        await _bench.Engine.SendAsync(parent, new("c", Cairn.Engine.Programs.InboxKind.Cancel, "{}"u8.ToArray()));
        await _bench.End(parent);

        Assert.True(Assert.Single(_bench.Engine.Journal.List(new RunFilter { Name = "slow" })).IsOpen);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();
}

namespace Cairn.Graphs.Program;

/// <summary>
/// The whole state of a graph run. Lists follow the definition's order; what is hashed is looked up, never walked.
/// </summary>
internal sealed class GraphState
{
    private readonly Dictionary<long, TaskState> _byEffect = [];
    private readonly SortedDictionary<string, GroupState> _byName = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TaskState> _tasks = new(StringComparer.Ordinal);
    private readonly int[] _groupsIn = new int[Enum.GetValues<TaskStatus>().Length];

    /// <summary>A run that has not begun.</summary>
    public GraphState(GraphDefinition definition)
    {
        Definition = definition;
        Groups = definition.Spec.Groups.Select(group => new GroupState(group)).ToArray();
        _groupsIn[(int)TaskStatus.Waiting] = Groups.Length;
        Connect();
    }

    /// <summary>What is run.</summary>
    public GraphDefinition Definition { get; }

    /// <summary>All groups, in order.</summary>
    public GroupState[] Groups { get; }

    /// <summary>The run's id for people.</summary>
    public string WorkflowId { get; set; } = "";

    /// <summary>The run's uid.</summary>
    public string WorkflowUid { get; set; } = "";

    /// <summary>The word last shown, so that only a change is shown.</summary>
    public string Shown { get; set; } = "";

    /// <summary>Whether the run has ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Effects that have not ended.</summary>
    public int Live => _byEffect.Count;

    /// <summary>Live effects and the tasks they belong to, in order of their asking.</summary>
    public IEnumerable<(long Effect, TaskState Task)> LiveEffects =>
        _byEffect.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value));

    /// <summary>Groups that are in a status.</summary>
    public int Count(TaskStatus status) => _groupsIn[(int)status];

    /// <summary>The group of a name, or null.</summary>
    public GroupState? Group(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The task of a name, or null.</summary>
    public TaskState? TaskNamed(string name) => _tasks.GetValueOrDefault(name);

    /// <summary>The task of a live effect, or null.</summary>
    public TaskState? Task(long effect) => _byEffect.GetValueOrDefault(effect);

    /// <summary>An effect was asked for.</summary>
    public void Add(long effect, TaskState task) => _byEffect[effect] = task;

    /// <summary>An effect ended.</summary>
    public void Remove(long effect) => _byEffect.Remove(effect);

    /// <summary>Moves a group to a status.</summary>
    public void Move(GroupState group, TaskStatus status)
    {
        _groupsIn[(int)group.Status]--;
        group.Status = status;
        _groupsIn[(int)status]++;
    }

    /// <summary>The run's status, of its groups' (spec/osmo.md 3.5).</summary>
    public string Word()
    {
        var unfinished = Count(TaskStatus.Waiting) + Count(TaskStatus.Scheduling) + Count(TaskStatus.Initializing)
            + Count(TaskStatus.Running);
        if (unfinished > 0)
            return Count(TaskStatus.Running) > 0 ? "RUNNING" : "PENDING";
        foreach (var status in (TaskStatus[])
            [
                TaskStatus.FailedCanceled, TaskStatus.FailedServerError, TaskStatus.FailedExecTimeout,
                TaskStatus.FailedQueueTimeout,
            ])
            if (Count(status) > 0)
                return status.Word();
        var failures = Enum.GetValues<TaskStatus>()
            .Where(status => status.IsFailure() && status != TaskStatus.FailedUpstream && Count(status) > 0)
            .ToList();
        if (failures.Count == 0)
            return Count(TaskStatus.FailedUpstream) > 0 ? "FAILED" : "COMPLETED";
        return failures is [var only] ? only.Word() : "FAILED";
    }

    private void Connect()
    {
        foreach (var group in Groups)
        {
            _byName.Add(group.Group.Name, group);
            foreach (var task in group.Tasks)
                _tasks.Add(task.Task.Name, task);
        }

        foreach (var group in Groups)
        {
            var upstream = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var input in group.Tasks.SelectMany(task => task.Task.Inputs))
            {
                if (input.Task is null || input.Workflow is not null)
                    continue;
                var owner = _tasks[input.Task].Group;
                if (!upstream.Add(owner.Group.Name))
                    continue;
                group.Upstream.Add(owner);
                owner.Downstream.Add(group);
            }

            group.UpstreamLeft = group.Upstream.Count;
        }
    }
}

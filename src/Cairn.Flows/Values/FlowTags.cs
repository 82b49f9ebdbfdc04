namespace Cairn.Flows.Values;

/// <summary>The tags of errors (spec/workflows.md 4.2).</summary>
public static class FlowTags
{
    /// <summary>Credentials for an outgoing request cannot be produced.</summary>
    public const string Auth = "AuthError";

    /// <summary>A connection broke before the whole response was there; the request may have been processed.</summary>
    public const string Connection = "ConnectionError";

    /// <summary>A connection was never established.</summary>
    public const string ConnectionFailed = "ConnectionFailedError";

    /// <summary>A response with a status of 400 or more.</summary>
    public const string Http = "HttpError";

    /// <summary>A list index outside of the list.</summary>
    public const string Index = "IndexError";

    /// <summary>A key that the map does not have, or a variable that was not assigned.</summary>
    public const string Key = "KeyError";

    /// <summary>A long-running operation that did not succeed.</summary>
    public const string Operation = "OperationError";

    /// <summary>Parallel steps inside each other, deeper than allowed.</summary>
    public const string ParallelNesting = "ParallelNestingError";

    /// <summary>Routines that call each other, deeper than allowed.</summary>
    public const string Recursion = "RecursionError";

    /// <summary>A quota of the run is used up.</summary>
    public const string ResourceLimit = "ResourceLimitError";

    /// <summary>A poll of a long-running operation that gave something unusable.</summary>
    public const string ResponseType = "ResponseTypeError";

    /// <summary>A fault of ours.</summary>
    public const string System = "SystemError";

    /// <summary>A request, callback or connector took longer than its limit.</summary>
    public const string Timeout = "TimeoutError";

    /// <summary>An operation on the wrong type.</summary>
    public const string Type = "TypeError";

    /// <summary>Branches or iterations that ended with an unhandled error.</summary>
    public const string UnhandledBranch = "UnhandledBranchError";

    /// <summary>The right type, the wrong value.</summary>
    public const string Value = "ValueError";

    /// <summary>A division by zero.</summary>
    public const string ZeroDivision = "ZeroDivisionError";

    /// <summary>A job of `gke.await_job` that failed.</summary>
    public const string FailedJob = "FailedJobError";
}

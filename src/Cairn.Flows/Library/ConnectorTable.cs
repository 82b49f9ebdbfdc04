using static Cairn.Flows.Library.EffectKind;

namespace Cairn.Flows.Library;

/// <summary>The methods of connectors that Cairn performs (spec/workflows.md 6).</summary>
internal static class ConnectorTable
{
    private const string Paging = "pageSize pageToken";
    private const string Preconditions =
        "ifGenerationMatch ifGenerationNotMatch ifMetagenerationMatch ifMetagenerationNotMatch";

    /// <summary>Object storage, over the project's stores.</summary>
    private static readonly ConnectorRow[] Storage =
    [
        new("storage.v1.buckets.insert", StoreWrite, "project! body! predefinedAcl projection userProject"),
        new("storage.v1.buckets.get", StoreRead, "bucket! projection userProject"),
        new("storage.v1.buckets.list", StoreRead, "project! prefix maxResults pageToken projection userProject"),
        new("storage.v1.buckets.delete", StoreWrite, "bucket! userProject"),
        new(
            "storage.v1.objects.insert", StoreWrite,
            $"bucket! name uploadType body data? contentEncoding predefinedAcl projection userProject {Preconditions}"),
        new(
            "storage.v1.objects.get", StoreRead,
            $"bucket! object! alt generation projection userProject {Preconditions}"),
        new(
            "storage.v1.objects.list", StoreRead,
            "bucket! prefix delimiter maxResults pageToken startOffset endOffset versions includeTrailingDelimiter "
            + "matchGlob projection userProject"),
        new("storage.v1.objects.delete", StoreWrite, $"bucket! object! generation userProject {Preconditions}"),
        new(
            "storage.v1.objects.copy", StoreWrite,
            "sourceBucket! sourceObject! destinationBucket! destinationObject! sourceGeneration body userProject "
            + Preconditions),
        new(
            "storage.v1.objects.rewrite", StoreWrite,
            "sourceBucket! sourceObject! destinationBucket! destinationObject! sourceGeneration rewriteToken "
            + $"maxBytesRewrittenPerCall body userProject {Preconditions}"),
    ];

    /// <summary>Jobs, over the catalogue and the executors.</summary>
    private static readonly ConnectorRow[] Jobs =
    [
        new("run.v1.namespaces.jobs.get", RecordRead, "name! location"),
        new("run.v1.namespaces.jobs.list", RecordRead, "parent! location limit continue labelSelector"),
        new("run.v1.namespaces.jobs.run", Job, "name! location body") { IsOperation = true },
        new("run.v1.namespaces.executions.get", RecordRead, "name! location"),
        new("run.v1.namespaces.executions.list", RecordRead, "parent! location limit continue labelSelector"),
        new("run.v1.namespaces.executions.cancel", RecordWrite, "name! location body"),
        new("run.v2.projects.locations.jobs.get", RecordRead, "name!"),
        new("run.v2.projects.locations.jobs.list", RecordRead, $"parent! showDeleted {Paging}"),
        new("run.v2.projects.locations.jobs.run", Job, "name! body timeout?") { IsOperation = true },
        new("run.v2.projects.locations.jobs.executions.get", RecordRead, "name!"),
        new("run.v2.projects.locations.jobs.executions.list", RecordRead, $"parent! showDeleted {Paging}"),
        new("run.v2.projects.locations.jobs.executions.cancel", RecordWrite, "name! body") { IsOperation = true },
        new("run.v1.projects.locations.jobs.get", RecordRead, "name!")
        {
            AliasOf = "run.v2.projects.locations.jobs.get",
        },
        new("cloudbuild.v1.projects.builds.create", Job, "projectId! parent body!") { IsOperation = true },
        new("cloudbuild.v1.projects.builds.get", RecordRead, "projectId! id! name"),
        new("cloudbuild.v1.projects.builds.list", RecordRead, $"projectId! parent filter {Paging}"),
        new("cloudbuild.v1.projects.builds.cancel", RecordWrite, "projectId! id! name body"),
    ];

    /// <summary>Flows, and their runs as children.</summary>
    private static readonly ConnectorRow[] Executions =
    [
        new(
            "workflowexecutions.v1.projects.locations.workflows.executions.run", Child,
            "workflow_id! location project_id argument callLogLevel") { IsOperation = true },
        new("workflowexecutions.v1.projects.locations.workflows.executions.create", Child, "parent! body"),
        new("workflowexecutions.v1.projects.locations.workflows.executions.get", RecordRead, "name! view"),
        new(
            "workflowexecutions.v1.projects.locations.workflows.executions.list", RecordRead,
            $"parent! view filter orderBy {Paging}"),
        new("workflowexecutions.v1.projects.locations.workflows.executions.cancel", RecordWrite, "name! body"),
        new("workflows.v1.projects.locations.workflows.executions.create", Child, "parent! name=parent body")
        {
            AliasOf = "workflowexecutions.v1.projects.locations.workflows.executions.create",
        },
        new("workflows.v1.projects.locations.workflows.create", RecordWrite, "parent! workflowId! body!")
        {
            IsOperation = true,
        },
        new("workflows.v1.projects.locations.workflows.get", RecordRead, "name! revisionId"),
        new("workflows.v1.projects.locations.workflows.list", RecordRead, $"parent! filter orderBy {Paging}"),
        new("workflows.v1.projects.locations.workflows.patch", RecordWrite, "name! updateMask body!")
        {
            IsOperation = true,
        },
        new("workflows.v1.projects.locations.workflows.delete", RecordWrite, "name!") { IsOperation = true },
    ];

    /// <summary>What the embedded database keeps: secrets, schedules, queues, topics, documents.</summary>
    private static readonly ConnectorRow[] Records =
    [
        new("secretmanager.v1.projects.secrets.create", RecordWrite, "parent! secretId! body!"),
        new("secretmanager.v1.projects.secrets.get", RecordRead, "name!"),
        new("secretmanager.v1.projects.secrets.list", RecordRead, $"parent! filter {Paging}"),
        new("secretmanager.v1.projects.secrets.delete", RecordWrite, "name! etag"),
        new("secretmanager.v1.projects.secrets.addVersion", RecordWrite, "parent! body!"),
        new("secretmanager.v1.projects.secrets.addVersionString", RecordWrite, "secret_id! data! project_id"),
        new("secretmanager.v1.projects.secrets.versions.access", RecordRead, "name!"),
        new(
            "secretmanager.v1.projects.secrets.versions.accessString", RecordRead, "secret_id! version project_id"),
        new("secretmanager.v1.projects.secrets.versions.get", RecordRead, "name!"),
        new("secretmanager.v1.projects.secrets.versions.list", RecordRead, $"parent! filter {Paging}"),
        new("secretmanager.v1.projects.secrets.versions.destroy", RecordWrite, "name! body"),
        new("cloudscheduler.v1.projects.locations.jobs.create", RecordWrite, "parent! body!"),
        new("cloudscheduler.v1.projects.locations.jobs.get", RecordRead, "name!"),
        new("cloudscheduler.v1.projects.locations.jobs.list", RecordRead, $"parent! {Paging}"),
        new("cloudscheduler.v1.projects.locations.jobs.patch", RecordWrite, "name! updateMask body!"),
        new("cloudscheduler.v1.projects.locations.jobs.delete", RecordWrite, "name!"),
        new("cloudscheduler.v1.projects.locations.jobs.pause", RecordWrite, "name! body"),
        new("cloudscheduler.v1.projects.locations.jobs.resume", RecordWrite, "name! body"),
        new("cloudscheduler.v1.projects.locations.jobs.run", RecordWrite, "name! body"),
        new("cloudtasks.v2.projects.locations.queues.create", RecordWrite, "parent! body!"),
        new("cloudtasks.v2.projects.locations.queues.get", RecordRead, "name!"),
        new("cloudtasks.v2.projects.locations.queues.list", RecordRead, $"parent! filter {Paging}"),
        new("cloudtasks.v2.projects.locations.queues.delete", RecordWrite, "name!"),
        new("cloudtasks.v2.projects.locations.queues.pause", RecordWrite, "name! body"),
        new("cloudtasks.v2.projects.locations.queues.resume", RecordWrite, "name! body"),
        new("cloudtasks.v2.projects.locations.queues.tasks.create", RecordWrite, "parent! body!"),
        new("cloudtasks.v2.projects.locations.queues.tasks.get", RecordRead, "name! responseView"),
        new("cloudtasks.v2.projects.locations.queues.tasks.list", RecordRead, $"parent! responseView {Paging}"),
        new("cloudtasks.v2.projects.locations.queues.tasks.delete", RecordWrite, "name!"),
        new("pubsub.v1.projects.topics.create", RecordWrite, "name! body"),
        new("pubsub.v1.projects.topics.get", RecordRead, "topic!"),
        new("pubsub.v1.projects.topics.list", RecordRead, $"project! {Paging}"),
        new("pubsub.v1.projects.topics.publish", RecordWrite, "topic! body!"),
        new("pubsub.v1.projects.topics.delete", RecordWrite, "topic!"),
        new("pubsub.v1.projects.subscriptions.create", RecordWrite, "name! body!"),
        new("pubsub.v1.projects.subscriptions.get", RecordRead, "subscription!"),
        new("pubsub.v1.projects.subscriptions.list", RecordRead, $"project! {Paging}"),
        // A pull hands messages out for a while: it changes the subscription.
        new("pubsub.v1.projects.subscriptions.pull", RecordWrite, "subscription! body!"),
        new("pubsub.v1.projects.subscriptions.acknowledge", RecordWrite, "subscription! body!"),
        new("pubsub.v1.projects.subscriptions.delete", RecordWrite, "subscription!"),
        new("eventarcpublishing.v1.projects.locations.channels.publishEvents", RecordWrite, "channel! body!"),
        new("eventarc.v1.projects.locations.channels.events.trigger", RecordWrite, "channel! parent=channel body!")
        {
            AliasOf = "eventarcpublishing.v1.projects.locations.channels.publishEvents",
        },
        new(
            "firestore.v1.projects.databases.documents.createDocument", RecordWrite,
            "parent! collectionId! documentId mask.fieldPaths query body!"),
        new("firestore.v1.projects.databases.documents.get", RecordRead, "name! mask.fieldPaths readTime transaction"),
        new(
            "firestore.v1.projects.databases.documents.list", RecordRead,
            $"parent! collectionId! orderBy showMissing mask.fieldPaths {Paging}"),
        new(
            "firestore.v1.projects.databases.documents.patch", RecordWrite,
            "name! updateMask.fieldPaths mask.fieldPaths currentDocument.exists currentDocument.updateTime query "
            + "body!"),
        new(
            "firestore.v1.projects.databases.documents.delete", RecordWrite,
            "name! currentDocument.exists currentDocument.updateTime"),
        new("firestore.v1.projects.databases.documents.runQuery", RecordRead, "parent! body!"),
    ];

    /// <summary>What runs tell and show: log entries, time series.</summary>
    private static readonly ConnectorRow[] Observation =
    [
        new("logging.v2.entries.write", RecordWrite, "body!"),
        new("logging.v2.entries.list", RecordRead, "body!"),
        new("logging.v2.projects.metrics.list", RecordRead, $"parent! {Paging}"),
        new("monitoring.v3.projects.timeSeries.create", RecordWrite, "name! body!"),
        new(
            "monitoring.v3.projects.timeSeries.list", RecordRead,
            "name! filter! interval.startTime interval.endTime aggregation.alignmentPeriod "
            + $"aggregation.perSeriesAligner orderBy view {Paging}"),
        new("monitoring.v3.projects.alertPolicies.list", RecordRead, $"name! parent=name filter orderBy {Paging}"),
        new("monitoring.v1.projects.dashboards.list", RecordRead, $"parent! {Paging}"),
    ];

    /// <summary>All signatures, in the order of their services.</summary>
    public static IReadOnlyList<CallSignature> All { get; } =
    [
        .. Storage.Concat(Jobs).Concat(Executions).Concat(Records).Concat(Observation)
            .Select(static row => row.ToSignature()),
    ];
}

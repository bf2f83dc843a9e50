using System.Text;
using Canonbury.Database.Leases;
using Canonbury.Database.Tests.Identify.Find;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;
using Canonbury.Identify;
using Canonbury.Identify.Find;
using Canonbury.Identify.Links;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Pipeline;
using Canonbury.Intake.Sources;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Database.Tests;

/// <summary>
/// The road from the inbox to the record on a database of its own, put together as the server does, without sockets and without clocks: messages
/// are worked on when the test says so.
/// </summary>
internal sealed class Road : IAsyncDisposable
{
    public static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private readonly IntakeMetrics metrics = new();
    private readonly BlockingReads reads = new();

    private readonly bool owns;

    private Road(TestDatabase test, StepReached reached, long queueBytes, bool owns)
    {
        this.owns = owns;
        Test = test;
        Leases = test.Leases();
        Queues = new BucketQueues(queueBytes);
        Sources = new SourceRegistry(test.Database, test.Committer, TimeProvider.System);
        Ids = new MessageIds(TimeProvider.System);
        Inbox = new MessageInbox(test.Committer, Sources, Queues, Ids, TimeProvider.System, reached, NullLogger<MessageInbox>.Instance);
        Links = new LinkDesk(Microsoft.Extensions.Options.Options.Create(new IdentifyOptions()));
        Pipeline = new IntakePipeline(test.Database, reads, test.Committer, Links, metrics, TimeProvider.System, reached, NullLogger<IntakePipeline>.Instance);
        Service = new PipelineService(test.Database, Leases, Queues, reads, Pipeline, metrics, TimeProvider.System, NullLogger<PipelineService>.Instance);
        Writer = new PushWriter(test.Database, test.Committer, Links, Ids, TimeProvider.System);
        Quarantine = new QuarantineList(test.Database);
        DeadLetters = new DeadLetters(test.Database, test.Committer);
        Current = new CurrentLinks(test.Database);
        Finder = new PersonFinder(test.Database);
        Reader = new RecordReader(test.Database, Current.PatientsOfAsync, NotYetUsableAsync);
        Board = new FeedBoard(test.Database, TimeProvider.System);
    }

    public TestDatabase Test { get; }

    public BucketLeases Leases { get; }

    public BucketQueues Queues { get; }

    public SourceRegistry Sources { get; }

    public MessageIds Ids { get; }

    public MessageInbox Inbox { get; }

    public LinkDesk Links { get; }

    public IntakePipeline Pipeline { get; }

    public PipelineService Service { get; }

    public PushWriter Writer { get; }

    public QuarantineList Quarantine { get; }

    public DeadLetters DeadLetters { get; }

    public CurrentLinks Current { get; }

    public PersonFinder Finder { get; }

    public RecordReader Reader { get; }

    public FeedBoard Board { get; }

    public static Road Open(Engine engine, StepReached? reached = null, long queueBytes = 64L << 20) =>
        new(TestDatabase.Create(engine), reached ?? (_ => { }), queueBytes, owns: true);

    /// <summary>Another process on the same database, or the same one after a restart.</summary>
    public Road Another(StepReached? reached = null, long queueBytes = 64L << 20) => new(Test, reached ?? (_ => { }), queueBytes, owns: false);

    public static byte[] Bytes(params string[] segments) => Encoding.UTF8.GetBytes(string.Join('\r', segments) + "\r");

    public static Feed FeedOf(string source) => new("test-" + source, new SourceId(source), London);

    /// <summary>One message into the inbox.</summary>
    public Task<InboxReceipt> ReceiveAsync(string source, params string[] segments) =>
        Inbox.ReceiveAsync(FeedOf(source), Bytes(segments), CancellationToken.None);

    /// <summary>Works on everything that waits.</summary>
    /// <param name="most">How many messages of a bucket go together.</param>
    public async Task ProcessAsync(int most = 32)
    {
        Leases.Renew();
        while (Counts() is { Count: > 0 } waiting)
        {
            foreach ((int bucket, _) in waiting)
            {
                await Pipeline.RunAsync(bucket, Leases.EpochOf(bucket)!.Value, Waiting(bucket, most));
            }
        }
    }

    /// <summary>Lets the service work until nothing waits, and stops it.</summary>
    public async Task ServeAsync(Func<Task>? meanwhile = null)
    {
        await Service.StartAsync(CancellationToken.None);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        for (int i = 0; Counts().Count > 0; i++)
        {
            Assert.True(i < 3_000, "Messages wait for a minute.");
            await Task.Delay(20);
        }

        await Service.StopAsync(CancellationToken.None);
    }

    /// <summary>One message into the record.</summary>
    public async Task SendAsync(string source, params string[] segments)
    {
        await ReceiveAsync(source, segments);
        await ProcessAsync();
    }

    /// <summary>One resource as a FHIR client of the source pushes it.</summary>
    public async Task<WrittenEntry> PushAsync(string source, PatientId owner, Resource content, params PatientId[] mentions)
    {
        ResourceStatement statement = new() { Content = content, Mode = StatementMode.Snapshot, Owner = owner, Mentions = mentions };
        return await PushAsync(source, statement, PushMethod.Update);
    }

    public Task<WrittenEntry> DeleteAsync(string source, PatientId owner, string type, string id)
    {
        Resource gone = (Resource)Activator.CreateInstance(ModelInfo.GetTypeForFhirType(type)!)!;
        gone.Id = id;
        return PushAsync(source, new ResourceStatement { Content = gone, Mode = StatementMode.Delete, Owner = owner }, PushMethod.Delete);
    }

    public PersonId? PersonOf(PatientId patient) => Current.PersonOfAsync(patient, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public async Task<PersonRecord?> ReadAsync(PatientId patient, IReadOnlySet<Section>? sections = null) =>
        PersonOf(patient) is { } person ? await Reader.ReadAsync(Grants.Of(GrantScope.Person, person, sections), CancellationToken.None) : null;

    public async Task<ItemDetail?> ReadItemAsync(PatientId patient, string type, string id, IReadOnlySet<Section>? sections = null) =>
        await Reader.ReadItemAsync(Grants.Of(GrantScope.Person, PersonOf(patient), sections), type, id, CancellationToken.None);

    public Task<IReadOnlyList<PersonHit>> FindAsync(string text) =>
        Finder.FindAsync(Grants.Of(GrantScope.Find, null), new PersonQuery(text, null, 20), CancellationToken.None);

    public List<T> Query<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        using Session session = Test.Database.Open();
        return session.Query(sql, read, values);
    }

    public async ValueTask DisposeAsync()
    {
        Service.Dispose();
        metrics.Dispose();
        if (owns)
        {
            await Test.DisposeAsync();
        }
    }

    private async Task<WrittenEntry> PushAsync(string source, ResourceStatement statement, PushMethod method)
    {
        PushEntry entry = new(null, method, statement.Content.TypeName, statement.Content.Id, [statement], null);
        WriteOutcome outcome = await Writer.WriteAsync(new FhirWrite(new SourceId(source), new PushResult([entry], null, []), [1], []));
        Assert.Null(outcome.Problem);
        return outcome.Entries[0];
    }

    private List<(int Bucket, int Count)> Counts()
    {
        using Session session = Test.Database.Open();
        return MessageTable.Counts(session);
    }

    private IReadOnlyList<InboxMessage> Waiting(int bucket, int most)
    {
        using Session session = Test.Database.Open();
        return MessageTable.Waiting(session, bucket, most).Messages;
    }

    private ValueTask<IReadOnlyList<NotYetUsable>> NotYetUsableAsync(IReadOnlyList<PatientId> patients, CancellationToken cancellation) => new(
    [
        .. DeadLetters.About(patients),
        .. Quarantine.About(patients).Select(held => new NotYetUsable(held.Source, "quarantine", 1, held.Since)),
    ]);
}

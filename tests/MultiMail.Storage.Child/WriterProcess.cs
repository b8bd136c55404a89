using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using MultiMail.Core.Ids;
using Storage.Contract.Building;

namespace MultiMail.Storage.Child;

/// <summary>
/// A process that writes held sends into a store others write as well, to be watched and killed by the tests. It writes
/// each message's id to its output once the store has acknowledged it, and reads it back before it goes on.
/// </summary>
public static class WriterProcess
{
    /// <param name="args">Database, account, mailbox, callers, sends of each caller (0 = until killed).</param>
    public static async Task<int> Main(string[] args)
    {
        var numbers = args[1..].Select(a => long.Parse(a, CultureInfo.InvariantCulture)).ToArray();
        await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(args[0]), TimeProvider.System, CancellationToken.None);
        var scene = Scene.Of(store, TimeProvider.System, new AccountId(numbers[0]), new MailboxId(numbers[1]));
        await using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, (int)numbers[2]).Select(_ => Task.Run(CallerAsync)));
        return 0;

        async Task CallerAsync()
        {
            for (var sent = 0; numbers[3] == 0 || sent < numbers[3]; sent++)
            {
                var held = await scene.HoldAsync();
                if (await store.PendingItemAsync(scene.Account, held.Message.Id, CancellationToken.None) is null)
                {
                    throw new InvalidOperationException("An acknowledged message is not there.");
                }

                var line = Encoding.ASCII.GetBytes($"{held.Message.Id.Value}\n");
                lock (gate)
                {
                    output.Write(line);
                }
            }
        }
    }
}

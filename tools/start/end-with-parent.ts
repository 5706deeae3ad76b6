// Preloaded into every child of the supervisor: when the supervisor dies, however it dies, the child ends too.
const GRACE_MS = 3000;

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
});
process.channel?.unref(); // a command that is done may end

// Owns the channel for the trace of the protocol, so that the setting `relmodel.trace.server` alone decides about it.
// The client library traces only while its channel's log level is Trace, which is a second switch that nobody finds.
import { EventEmitter, LogLevel, workspace, type ExtensionContext, type LogOutputChannel } from "vscode";

import { changesTrace, traceWanted } from "./settings";

/** Gives a view of the log whose level follows the setting, and which writes trace lines as ordinary ones. */
export function traceChannel(log: LogOutputChannel, owned: ExtensionContext["subscriptions"]): LogOutputChannel {
  const levels = new EventEmitter<LogLevel>();
  const level = () => (traceWanted() ? LogLevel.Trace : LogLevel.Off);
  owned.push(
    levels,
    workspace.onDidChangeConfiguration((event) => {
      if (changesTrace(event)) {
        levels.fire(level());
      }
    }),
  );
  const changed = { onDidChangeLogLevel: levels.event, trace: log.info.bind(log) };
  return new Proxy(log, {
    get(target, key) {
      if (key === "logLevel") {
        return level();
      }
      const value: unknown = Reflect.get(Reflect.has(changed, key) ? changed : target, key);
      return value;
    },
  });
}

// Owns the one running client with its server process: starting, stopping, and never two of them at a time.
import { commands, Uri, window, type LogOutputChannel } from "vscode";
import { State, type LanguageClient } from "vscode-languageclient/node";

import { makeClient } from "./client";
import { findServer, NoServer, type Server, type Source } from "./server";
import type { Status } from "./status";

/** The life of the server in this window. */
export class Session {
  private client: LanguageClient | undefined;
  private running: Server | undefined;
  /** The end of what was asked for last. Requests queue here, so that a start never overtakes a stop. */
  private tail: Promise<void> = Promise.resolve();
  /** Called each time a server has started. */
  onRunning: () => void = () => undefined;

  constructor(
    private readonly sources: readonly Source[],
    private readonly log: LogOutputChannel,
    private readonly trace: LogOutputChannel,
    private readonly status: Status,
  ) {}

  /** The server that runs or starts, or nothing. */
  get server(): Server | undefined {
    return this.running;
  }

  /** Asks the server; nothing while there is none that runs. */
  async request<Answer>(method: string, params: unknown): Promise<Answer | undefined> {
    const client = this.client;
    return client?.state === State.Running ? client.sendRequest<Answer>(method, params) : undefined;
  }

  /** A URI of the server as the editor spells it. */
  uri(ofServer: string): string {
    return (this.client?.protocol2CodeConverter.asUri(ofServer) ?? Uri.parse(ofServer)).toString();
  }

  /** Starts the server; the promise ends when it runs, or when the user was told why it does not. */
  start(): Promise<void> {
    return this.enqueue(() => this.launch());
  }

  /** Stops the server when it runs and starts what is found now. */
  restart(): Promise<void> {
    this.interrupt();
    return this.enqueue(async () => {
      await this.end();
      await this.launch();
    });
  }

  /** Stops the server. */
  stop(): Promise<void> {
    this.interrupt();
    return this.enqueue(() => this.end());
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.tail = this.tail.then(step, step);
    return this.tail;
  }

  /** Ends a start that hangs, which would hold up the queue, and which the library cannot stop in good order. */
  private interrupt(): void {
    if (this.client?.state === State.Starting) {
      this.client.serverProcess?.kill("SIGKILL");
    }
  }

  private async launch(): Promise<void> {
    try {
      this.status.show({ kind: "starting" });
      const server = await findServer(this.sources);
      this.running = server;
      this.log.info(`Starting relmodel ${server.version} (${server.origin}): ${server.program}`);
      const client = makeClient(server, this.log, this.trace);
      this.client = client;
      // Also when the library starts a server again that crashed.
      client.onDidChangeState(({ newState }) => {
        if (this.client === client) {
          this.tellState(newState, server);
        }
      });
      await client.start();
    } catch (error) {
      await this.end();
      this.status.show({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
      // The user is told in the background: the next request must not wait until the message is closed.
      void this.tell(error);
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.running = undefined;
    this.status.show({ kind: "stopped" });
    try {
      await client?.dispose();
    } catch (error) {
      // A server that died or hangs cannot be stopped in good order; the next one starts all the same.
      this.log.warn(`The server did not stop in good order: ${String(error)}`);
      client?.serverProcess?.kill("SIGKILL");
    }
  }

  private tellState(state: State, { version }: Server): void {
    if (state === State.Running) {
      this.status.show({ kind: "running", version });
      this.onRunning();
    } else {
      this.status.show({ kind: state === State.Stopped ? "stopped" : "starting" });
    }
  }

  private async tell(error: unknown): Promise<void> {
    if (!(error instanceof NoServer)) {
      // The library has shown its own message.
      this.log.error(`The server did not start: ${String(error)}`);
      return;
    }
    const text = error.message;
    this.log.error(text);
    const setting = "Open Setting";
    const log = "Show Log";
    const chosen = await window.showErrorMessage(`relmodel: ${text}`, setting, log);
    if (chosen === setting) {
      await commands.executeCommand("workbench.action.openSettings", "relmodel.path");
    } else if (chosen === log) {
      this.log.show();
    }
  }
}

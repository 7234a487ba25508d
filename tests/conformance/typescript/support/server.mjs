// Starts the dev server under test the way `temporal server start-dev` is started.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { Connection } from '@temporalio/client';

const command = process.env.TEMPORAL_DEV_SERVER;

export async function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export class DevServer {
  static async start(extra = [], { withUi = false } = {}) {
    if (!command) throw new Error('Set TEMPORAL_DEV_SERVER to the command that starts the dev server.');
    const server = new DevServer();
    server.extra = extra;
    server.port = await freePort();
    server.uiPort = withUi ? await freePort() : 0;
    await server.launch();
    return server;
  }

  get address() {
    return `127.0.0.1:${this.port}`;
  }

  /** Address of a page at the UI port. */
  page(path, parameters = {}) {
    return `http://127.0.0.1:${this.uiPort}${path}?${new URLSearchParams(parameters)}`;
  }

  async launch() {
    const [executable, ...first] = command.split(' ');
    const args = [...first, 'server', 'start-dev', '--ip', '127.0.0.1', '--port', String(this.port),
      '--namespace', 'default', ...(this.uiPort ? ['--ui-port', String(this.uiPort)] : ['--headless']), '--log-level', 'warn', ...this.extra];
    this.output = '';
    this.process = spawn(executable, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, TEMPORAL_DEVSERVER_EXIT_ON_STDIN_EOF: '1' },
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on('data', (data) => (this.output += data));
    }
    const deadline = Date.now() + 20_000;
    for (;;) {
      try {
        const connection = await Connection.connect({ address: this.address, connectTimeout: '1s' });
        await connection.close();
        return;
      } catch (error) {
        if (this.process.exitCode !== null || Date.now() > deadline) {
          throw new Error(`The dev server did not start: ${error}\n${this.output}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  async kill() {
    const exited = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await exited;
  }

  async stop() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 5_000);
    await exited;
    clearTimeout(timer);
  }
}

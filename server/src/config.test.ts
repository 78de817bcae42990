import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('the configuration', () => {
  it('has a default for everything, and takes an empty setting for none', () => {
    const config = readConfig({ PORT: '', MUSTER_ORIGIN: '' }, []);
    expect(config).toMatchObject({
      port: 4400,
      host: '127.0.0.1',
      demo: false,
      origin: null,
      logLevel: 'info',
      rawRoomUpdatesMs: 90 * 24 * 60 * 60 * 1000,
      statusPage: true,
    });
    expect(config.dataFolder).toMatch(/[/\\]data$/);
  });

  it('switches the status page off', () => {
    expect(readConfig({ MUSTER_STATUS_PAGE: '0' }, []).statusPage).toBe(false);
  });

  it('trusts no proxy unless it is told to', () => {
    expect(readConfig({}, []).trustedProxy).toBe(false);
    expect(readConfig({ MUSTER_TRUSTED_PROXY: '1' }, []).trustedProxy).toBe(true);
  });

  it('asks for the demonstration by environment or argument', () => {
    expect(readConfig({ MUSTER_DEMO: '1' }, []).demo).toBe(true);
    expect(readConfig({ MUSTER_DEMO: '0' }, []).demo).toBe(false);
    expect(readConfig({}, ['--demo']).demo).toBe(true);
  });

  it('keeps the origin of the public address', () => {
    expect(readConfig({ MUSTER_ORIGIN: 'https://Desk.example.org/' }, []).origin).toBe(
      'https://desk.example.org',
    );
  });

  it('names everything that is wrong at once', () => {
    const wrong = {
      PORT: 'many',
      MUSTER_ORIGIN: 'desk.example.org/muster',
      MUSTER_LOG: 'loud',
      MUSTER_DEMO: 'maybe',
    };
    const read = () => readConfig(wrong, ['--dmeo']);
    expect(read).toThrow(ConfigError);
    for (const name of [...Object.keys(wrong), '--dmeo']) expect(read).toThrow(name);
  });

  it('sends mail when server and sender are set, and takes half of that for a mistake', () => {
    const url = 'smtp://desk:geheim@mail.example.org';
    const from = 'Desk <desk@example.org>';
    expect(readConfig({}, []).mail).toBeNull();
    expect(readConfig({ MUSTER_SMTP_URL: url, MUSTER_MAIL_FROM: from }, []).mail).toMatchObject({
      host: 'mail.example.org',
      port: 587,
      from: { name: 'Desk', address: 'desk@example.org' },
    });
    expect(() => readConfig({ MUSTER_SMTP_URL: url }, [])).toThrow('MUSTER_MAIL_FROM');
    expect(() => readConfig({ MUSTER_MAIL_FROM: from }, [])).toThrow('MUSTER_SMTP_URL');
    const wrong = () => readConfig({ MUSTER_SMTP_URL: 'http://u:geheim@host', MUSTER_MAIL_FROM: 'desk' }, []);
    expect(wrong).toThrow(/MUSTER_SMTP_URL: must[^]*MUSTER_MAIL_FROM: must/);
    expect(wrong).not.toThrow(/geheim/);
  });

  it('refuses ports that do not exist', () => {
    for (const PORT of ['-1', '65536', '1.5']) expect(() => readConfig({ PORT }, [])).toThrow('PORT');
  });
});

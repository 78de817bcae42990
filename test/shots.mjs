import { chromium } from '@playwright/test';
const [email, password, out, ...paths] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-dev-shm-usage'] });
for (const [w,h] of [[1440,900],[390,844]]) for (const theme of ['light','dark']) {
  if (process.env.ONLY && !process.env.ONLY.split(',').includes(`${w}-${theme}`)) continue;
  const context = await browser.newContext({ viewport: { width: w, height: h }, colorScheme: theme });
  const page = await context.newPage();
  await page.goto('http://localhost:4460/sign-in');
  await page.getByLabel('Email').fill(email).catch(async()=>{ await page.locator('input[type=email]').fill(email)});
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button',{name:'Sign in'}).click();
  await page.waitForTimeout(4000);
  for (const [i,p] of paths.entries()) {
    const [url, act] = p.split('::');
    await page.goto('http://localhost:4460'+url); await page.waitForTimeout(5000);
    if (act === 'open') { await page.locator('[data-record]').first().click(); await page.waitForTimeout(4000); }
    if (act === 'declare') { await page.keyboard.press('Shift+M'); await page.waitForTimeout(2500); }
    await page.screenshot({ path: `${out}/${i}-${w}-${theme}.png` });
  }
  await context.close();
}
await browser.close();

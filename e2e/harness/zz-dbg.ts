import { startChromium } from "./chromium.ts";
const browser = await startChromium();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.on("console", (m) => console.log(m.type(), m.text().slice(0, 200)));
await page.goto("http://127.0.0.1:5188/?fake&tenant=customer&template=administrator#/portal/audit?line=255");
for (const ms of [200, 600, 1500]) { await page.waitForTimeout(ms); console.log(await page.evaluate(() => location.hash)); }
await page.getByRole("link", { name: /Visit completed/ }).first().click();
await page.waitForTimeout(800); console.log(await page.evaluate(() => location.hash));
await page.screenshot({ path: "/tmp/shots-portal/clicked.png" });
await browser.close();

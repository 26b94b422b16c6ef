import type { FastifyInstance } from "fastify";

/** Where the link of an invitation leads. Its secret stands after the #, and so never comes here. */
const INVITATION = "/invitation";

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>RiverSync</title>
<style>
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem; color: #17303a; background: #f6f9fa }
  h1 { font-size: 1.4rem; margin: 0 0 .4rem }
  section + section { margin-top: 2.5rem }
  @media (prefers-color-scheme: dark) { body { color: #dbe7ea; background: #10191d } }
</style>
</head>
<body>
<section>
  <h1>You are invited to RiverSync</h1>
  <p>Copy the address of this page, open RiverSync Desktop, choose <b>I have an invitation</b> and paste
  it there. It works once, and for 14 days.</p>
</section>
<section lang="th">
  <h1>คุณได้รับคำเชิญให้ใช้ RiverSync</h1>
  <p>คัดลอกที่อยู่ของหน้านี้ เปิด RiverSync Desktop เลือก <b>ฉันมีคำเชิญ</b> แล้ววางลงในช่อง
  คำเชิญใช้ได้ครั้งเดียว ภายใน 14 วัน</p>
</section>
</body>
</html>
`;

/** The page behind the link of an invitation: it says what to do with the link, and runs nothing. */
export const invitationPage = (app: FastifyInstance): void => {
  app.get(INVITATION, (_request, reply) =>
    reply
      .headers({
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      })
      .type("text/html; charset=utf-8")
      .send(page),
  );
};

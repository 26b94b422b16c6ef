/** The languages of the sign-in pages. */
export type PageLanguage = "en" | "th";

const en = {
  product: "RiverSync ID",
  signInTitle: "Sign in",
  signInLead: "One RiverSync ID opens every app you have a role in.",
  login: "Email or user name",
  password: "Password",
  signIn: "Sign in",
  cancel: "Cancel and go back to RiverSync",
  wrongPassword: "That user name and password do not match. Please check both and try again.",
  tooManyAttempts: "Too many attempts. Please wait {seconds} seconds, then try again.",
  suspended:
    "This account is suspended. Your organisation's administrator can settle this with RiverSync.",
  invitationEnded:
    "This invitation is used, has expired or was taken back. Sign in if you have an account, or ask your administrator for a new invitation.",
  joinTitle: "Welcome, {name}",
  joinLead: "{tenant} invites you. Choose a password for {email}.",
  newPassword: "New password",
  newPasswordHint: "At least {count} characters. A few words that do not belong together are good.",
  newPasswordAgain: "The same password again",
  join: "Accept and sign in",
  passwordShort: "A password needs at least {count} characters.",
  passwordDiffers: "The two passwords are not the same. Please type both again.",
  demoTitle: "Demo accounts",
  demoLead: "Choose who to be. They all share the password {password}.",
  continueTitle: "Continue as {name}?",
  continueLead: "RiverSync Desktop on this computer asks to sign in with this account.",
  continueAction: "Continue",
  otherAccount: "Use another account",
  signOutTitle: "Sign out of RiverSync ID?",
  signOutLead: "Your work on this computer stays where it is.",
  signOut: "Sign out",
  signedOutTitle: "You are signed out",
  signedOutLead: "You can close this page.",
  expiredTitle: "This page has expired",
  expiredLead: "Go back to RiverSync and sign in again.",
  errorTitle: "This sign-in cannot go on",
  errorLead: "Go back to RiverSync and start again. If it happens again, tell your administrator:",
};

/** What the pages say; each language has every text. */
export type PageTexts = Readonly<typeof en>;

const th: PageTexts = {
  product: "RiverSync ID",
  signInTitle: "ลงชื่อเข้าใช้",
  signInLead: "RiverSync ID เดียว ใช้ได้กับทุกแอปที่คุณมีบทบาท",
  login: "อีเมลหรือชื่อผู้ใช้",
  password: "รหัสผ่าน",
  signIn: "ลงชื่อเข้าใช้",
  cancel: "ยกเลิกและกลับไปที่ RiverSync",
  wrongPassword: "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง โปรดตรวจสอบแล้วลองอีกครั้ง",
  tooManyAttempts: "ลองหลายครั้งเกินไป โปรดรอ {seconds} วินาทีแล้วลองอีกครั้ง",
  suspended: "บัญชีนี้ถูกระงับ ผู้ดูแลระบบขององค์กรติดต่อ RiverSync เพื่อดำเนินการได้",
  invitationEnded:
    "คำเชิญนี้ถูกใช้ไปแล้ว หมดอายุ หรือถูกยกเลิก หากมีบัญชีแล้วให้ลงชื่อเข้าใช้ หรือขอคำเชิญใหม่จากผู้ดูแลระบบ",
  joinTitle: "ยินดีต้อนรับ {name}",
  joinLead: "{tenant} เชิญคุณเข้าร่วม โปรดตั้งรหัสผ่านสำหรับ {email}",
  newPassword: "รหัสผ่านใหม่",
  newPasswordHint: "อย่างน้อย {count} ตัวอักษร ใช้คำหลายคำที่ไม่เกี่ยวข้องกันจะดี",
  newPasswordAgain: "รหัสผ่านเดิมอีกครั้ง",
  join: "ตอบรับและลงชื่อเข้าใช้",
  passwordShort: "รหัสผ่านต้องมีอย่างน้อย {count} ตัวอักษร",
  passwordDiffers: "รหัสผ่านทั้งสองช่องไม่ตรงกัน โปรดพิมพ์ใหม่ทั้งสองช่อง",
  demoTitle: "บัญชีสาธิต",
  demoLead: "เลือกบัญชีที่ต้องการใช้ ทุกบัญชีใช้รหัสผ่าน {password}",
  continueTitle: "ดำเนินการต่อในชื่อ {name} หรือไม่",
  continueLead: "RiverSync Desktop บนเครื่องนี้ขอลงชื่อเข้าใช้ด้วยบัญชีนี้",
  continueAction: "ดำเนินการต่อ",
  otherAccount: "ใช้บัญชีอื่น",
  signOutTitle: "ออกจากระบบ RiverSync ID หรือไม่",
  signOutLead: "งานของคุณบนเครื่องนี้ยังอยู่ครบ",
  signOut: "ออกจากระบบ",
  signedOutTitle: "คุณออกจากระบบแล้ว",
  signedOutLead: "ปิดหน้านี้ได้เลย",
  expiredTitle: "หน้านี้หมดอายุแล้ว",
  expiredLead: "กลับไปที่ RiverSync แล้วลงชื่อเข้าใช้อีกครั้ง",
  errorTitle: "ลงชื่อเข้าใช้ต่อไม่ได้",
  errorLead: "กลับไปที่ RiverSync แล้วเริ่มใหม่ หากยังพบปัญหา โปรดแจ้งผู้ดูแลระบบว่า:",
};

/** The texts of each language. */
export const pageTexts: Readonly<Record<PageLanguage, PageTexts>> = { en, th };

/** Puts `values` into the `{placeholders}` of a text. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/**
 * The first language we have among `ui_locales` (in order of preference), then Accept-Language,
 * then English.
 */
export const chooseLanguage = (uiLocales: unknown, acceptLanguage?: string): PageLanguage => {
  const asked = typeof uiLocales === "string" ? uiLocales.split(/\s+/) : [];
  const accepted = (acceptLanguage ?? "")
    .split(",")
    .map((entry) => {
      const [tag = "", quality] = entry.split(";q=");
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
  for (const tag of [...asked, ...accepted]) {
    const [language = ""] = tag.toLowerCase().split("-");
    if (language === "en" || language === "th") return language;
  }
  return "en";
};

// 课程列表，以及一课的框架。

import type { lessons as en } from "../en/lessons.ts";

export const lessons = {
  title: "课程",
  lead: "一个问题，你的预测，然后由运行结果来揭晓。",
  noneTitle: "没有这一课",
  back: "全部课程",
  coming: "请稍候……",
  progress: (done: number, all: number) => `已完成 ${done} 步，共 ${all} 步`,
  steps: "本课的步骤",
  stepName: (step: number, isDone: boolean) => `第 ${step} 步${isDone ? "，已完成" : ""}`,
  stepOf: (step: number, all: number) => `第 ${step} 步，共 ${all} 步`,
  // Lessons name the places in English.
  inBook: (book: string) =>
    `见书：${book
      .replace(
        /, chapters? (\d+)(?: and (\d+))?/g,
        (_, one: string, two?: string) => ` 第 ${two ? `${one}、${two}` : one} 章`,
      )
      .replace(/,? figure /g, " 图 ")
      .replaceAll("; ", "；")}`,
  previous: "上一步",
  next: "下一步",
  link: "复制链接",
  linkCopied: "这一步的链接已复制。",
  shows: "程序的结果",
  controls: "可以改动的量",
  veiled: "锁定你的预测之后，数值才会出现。",
  run: "运行",
  running: "正在运行……",
  reset: "恢复初始值",
  predict: "你的预测",
  lock: "锁定预测",
  yourNumber: "你认为是",
  right: "正确。",
  wrong: "不对。",
  cameOut: (yours: string, name: string, came: string) => `你的答案是 ${yours}；${name}：${came}。`,
  near: "画得很准：虚线是计算的结果。",
  far: "虚线是计算的结果。",
  drawn: (name: string) => `你画的 ${name}`,
  bySliders: "用滑块来画",
  heightAt: (x: string) => `在 ${x} 处`,
  remark: "关于笔记",
  code: "所运行的程序",
  codeSays:
    "上面的数都由这个程序算出。把它存为 lesson.mts，放在装有 neurite 的文件夹里，用 Node 24 运行：node lesson.mts。",
  copyCode: "复制程序",
  copied: "程序已复制。",
  notCopied: "浏览器不允许页面复制，请自行选中文字。",
  again: "清除我在本课的预测和进度",
  net: "带数值的网络",
  unit: "层:神经元",
  weights: "进入它的权值",
  plane: "程序对平面上各点的回答",
  contours: (names: string) => `从上方看 ${names} 的函数`,
  height: "高度",
  heights: (names: string) => `${names} 处的高度`,
  inSpace: (names: string) => `空间中 ${names} 的函数`,
} satisfies typeof en;

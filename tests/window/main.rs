//! The whole program in its real window, and as a person works in it. All of it is one program: each program of tests
//! is linked anew after every change of a crate.
#![cfg(target_os = "linux")]

mod company;
mod demo;
mod files;
mod geometry;
mod instances;
mod keyboard;
mod mistakes;
mod opening;
mod outside;
mod screens;
mod secrets;
mod shell;
mod story;
#[path = "../support/mod.rs"]
mod support;
mod typing;

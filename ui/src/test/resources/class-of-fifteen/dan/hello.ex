defmodule Hello do
  def greeting(node) do
    File.read("greeting.txt"
  end

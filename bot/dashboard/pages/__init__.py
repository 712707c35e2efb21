"""The pages to read: each makes a Page from what has been released."""
